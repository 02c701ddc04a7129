import assert from "node:assert/strict";
import { join } from "node:path";
import { statusOfAll } from "../../../lib/cli/status/status.ts";
import { describeStatus } from "../../../lib/cli/status/table.ts";
import { writeRunFolder } from "../../../lib/store/run_folder.ts";
import { runFake } from "../../runner/fake_run.ts";
import { me } from "../../store/lock_holder.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

Deno.test("an instance of which the last run wanted more frames than are there is begun, not done", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await runFake(runs, [{ name: "a", frames: 4 }]);
  const status = async (frames: number) => {
    const instances = [{ name: "a", key: "fake-a", frames }];
    const file = join(runs, "w.yaml");
    await writeRunFolder(runs, { name: "w", file, text: "", resolved: () => "", instances, others: [] }, me);
    return (await statusOfAll(runs)).map((one) => describeStatus(one)).join("\n");
  };
  assert.match(await status(4), /: 1 of 1 done\n[^]*\na +4 of 4 +done/);
  assert.match(await status(8), /: 0 of 1 done\n[^]*\na +4 of 8 +begun/);
  assert.match(await status(2), /: 1 of 1 done\n[^]*\na +2 of 2 +done/);
});

Deno.test("status names a workflow whose index is damaged, and what mends it", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  const instances = [{ name: "a", key: "fake-a", frames: 1 }];
  await writeRunFolder(
    runs,
    { name: "w", file: "w.yaml", text: "", resolved: () => "", instances, others: [] },
    me,
  );
  await Deno.truncate(join(runs, "w", "instances.json"), 30);
  assert.deepEqual((await statusOfAll(runs)).map((one) => describeStatus(one)), [
    "w: its instances.json is damaged: it is cut short, or no JSON of this program; running it again writes it anew",
  ]);
});

Deno.test("status tells how many iterations frames took where rules ended octaves early", () => {
  const described = (early: object) => {
    const instance = { name: "out", key: "k", state: "done", finishedFrames: 12, wantedFrames: 12 } as const;
    const told = { iterations: 312.4, of: 2000, residual: 30, plateau: 6, ...early };
    return describeStatus({ name: "w", file: "w.yaml", instances: [{ ...instance, early: told }] });
  };
  assert.match(
    described({}),
    /\nout: 312 of 2000 iterations a frame; octaves that ended early: 30 by their residual, 6 on a plateau$/,
  );
  assert.match(described({ residual: 0 }), /early: 6 on a plateau$/);
});

Deno.test("status tells each warning once, and how many instances have it", () => {
  const done = { key: "k", state: "done", finishedFrames: 1, wantedFrames: 1 } as const;
  const [flat, slow] = [{ code: "flat_regions", text: "it is flat" }, { code: "slowed", text: "it is slow" }];
  const instances = [
    { ...done, name: "a", warnings: [flat] },
    { ...done, name: "b", warnings: [slow, flat] },
    { ...done, name: "c" },
  ];
  assert.match(
    describeStatus({ name: "w", file: "w.yaml", instances }),
    /\nwarning: it is flat \(a and 1 more\)\nwarning: it is slow \(b\)$/,
  );
});

Deno.test("status is no wider than the terminal, and a table has a verdict instead of frames", () => {
  const residuals = { spatial_texture: { conv1_1: 0.1, conv2_1: 0.3 }, temporal_texture: { concat: 0.2 } };
  const done = { state: "done" as const, key: "k" };
  const instances = [
    {
      ...done,
      name: `out[clip=${"street".repeat(4)},seed=1]`,
      finishedFrames: 8,
      wantedFrames: 8,
      residuals,
    },
    {
      ...done,
      name: "matched",
      finishedFrames: 0,
      makesTable: true as const,
      headline: "pass: in 5 of 5 layers",
    },
  ];
  const lines = (width?: number) =>
    describeStatus({ name: "w", file: "w.yaml", instances }, width).split("\n");
  assert.match(
    lines()[2] ?? "",
    /8 of 8 +done +spatial_texture 0\.20 \(worst layer conv2_1, 0\.30\), temporal/,
  );
  assert.match(lines()[3] ?? "", /^matched +done +pass: in 5 of 5 layers$/);
  for (const width of [100, 80, 60, 40]) {
    assert.ok(lines(width).slice(1, 4).every((line) => line.length <= width), `${width}`);
  }
});
