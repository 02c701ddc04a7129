import assert from "node:assert/strict";
import { describeEnding } from "../../../lib/cli/run/ending.ts";
import type { PlannedInstance } from "../../../lib/plan/planned_instance.ts";
import { planFake } from "../../runner/fake_run.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

/** A clip and a synthesis with these settings. */
async function planned(
  clip: Readonly<Record<string, unknown>>,
  synthesis: Readonly<Record<string, unknown>>,
): Promise<readonly PlannedInstance[]> {
  await using folder = await temporaryFolder();
  const [video, stage] = await Promise.all(
    ["clip", "out"].map((name) => planFake(folder.path, { name, frames: 2 })),
  );
  if (video === undefined || stage === undefined) throw new Error("two were planned");
  return [{ ...video, section: "videos", settings: clip }, {
    ...stage,
    kind: "synthesis",
    settings: synthesis,
  }];
}

const outcome = {
  videos: { out: { mp4: "/far/runs/w/videos/out.mp4", mkv: "/far/runs/w/videos/out.mkv" } },
  residuals: { out: { spatial_texture: { fine: 0.25, coarse: 0.5 } } },
  contactSheet: "/far/runs/w/contact_sheet.png",
};

async function nextCommands(
  command: readonly string[],
  clip: Readonly<Record<string, unknown>>,
  synthesis: Readonly<Record<string, unknown>>,
  name = "w",
): Promise<readonly string[]> {
  const instances = await planned(clip, synthesis);
  const text = describeEnding({ file: "w.yaml", name, command, instances, outcome });
  return text.split("\n").filter((line) => /^ {2}npx/.test(line))
    .map((line) => line.replace(/^ {2}npx -y deno@\S+ task /, ""));
}

const file = { file: "clip.mp4" };
const generated = { generate: { dead_leaves: {} } };

Deno.test("a run ends with the video, its residuals and the contact sheet, each path on a line of its own", async () => {
  const instances = await planned(file, { seed: 1 });
  const text = describeEnding({ file: "w.yaml", name: "w", command: ["run", "w.yaml"], instances, outcome });
  assert.deepEqual(text.split("\n").slice(0, 11), [
    "",
    "out:",
    "  /far/runs/w/videos/out.mp4",
    "  /far/runs/w/videos/out.mkv (lossless)",
    "  residuals: spatial_texture 0.38 (worst layer coarse, 0.50)",
    "Residuals: 0 is a perfect match, 1 as far off as an empty frame.",
    "Measured when a frame's optimization ends, before its colors are transferred;",
    "a match stage measures the frames as delivered.",
    "Targets and results side by side:",
    "  /far/runs/w/contact_sheet.png",
    "",
  ]);
});

Deno.test("the next seed takes the place of the one before and has a name of its own, and other options stay", async () => {
  assert.deepEqual(await nextCommands(["run", "w.yaml"], file, { seed: 1 }), [
    "run w.yaml --set stages.out.seed=2 --name w_seed2",
  ]);
  const command = ["run", "w.yaml", "--set", "stages.out.seed=2", "--name", "w_seed2"];
  const options = [...command, "--set", "stages.out.blend=1"];
  assert.deepEqual(await nextCommands(options, file, { seed: 2 }, "w_seed2"), [
    "run w.yaml --set stages.out.blend=1 --set stages.out.seed=3 --name w_seed3",
  ]);
});

Deno.test("who has run a generated clip is shown how to look at one of their own", async () => {
  assert.deepEqual(await nextCommands(["run", "w.yaml"], generated, { seed: 1 }), [
    "run w.yaml --set videos.clip.file=path/to/clip.mp4 --preview",
    "run w.yaml --set stages.out.seed=2 --name w_seed2",
  ]);
  const [first] = await nextCommands(["run", "w.yaml"], { ...generated, height: 24, width: 32 }, {});
  const own = "run w.yaml --set videos.clip.file=path/to/clip.mp4 --set videos.clip.width=null --preview";
  assert.equal(first, own);
});

Deno.test("after a preview comes the whole, and without anything to vary the plan", async () => {
  assert.deepEqual(await nextCommands(["run", "w.yaml", "--preview"], generated, { seed: 1 }), [
    "run w.yaml",
  ]);
  assert.deepEqual(await nextCommands(["run", "w.yaml"], file, {}), ["plan w.yaml"]);
  const elsewhere = ["run", "w.yaml", "--out", "disk/runs", "--no-wait", "--set", "stages.out.octaves=2"];
  assert.deepEqual(await nextCommands(elsewhere, file, {}), [
    "plan w.yaml --out disk/runs --set stages.out.octaves=2",
  ]);
});

Deno.test("a match of several instances ends with the verdict of each", async () => {
  const verdicts = Array.from({ length: 14 }, (_, index) => `out[seed=${index}]: pass`);
  const matched = {
    table: "/far/m/table.csv",
    summary: "/far/m/summary.json",
    headline: "14 of 14 pass",
    verdicts,
  };
  const instances = await planned(file, { seed: 1 });
  const text = describeEnding({
    ...{ file: "w.yaml", name: "w", command: ["run", "w.yaml"], instances },
    outcome: { videos: {}, residuals: {}, tables: { matched } },
  });
  assert.ok(text.startsWith("\nmatched: 14 of 14 pass\n  out[seed=0]: pass\n"));
  assert.ok(text.includes(
    "\n  out[seed=11]: pass\n  and 2 more in the summary\n  /far/m/table.csv\n  /far/m/summary.json\n",
  ));
});
