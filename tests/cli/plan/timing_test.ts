import assert from "node:assert/strict";
import { calibrate, type Calibration } from "../../../lib/cli/plan/calibrate.ts";
import { keepSpeeds } from "../../../lib/cli/plan/timing.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { matrixWorkflow, planOf } from "./plans.ts";

const secondsOf = ({ instances }: Awaited<ReturnType<typeof planOf>>) =>
  instances.map(({ seconds }) => seconds);

/** A calibration that notes what it was asked for. */
function fakeCalibration(found: Partial<Calibration> = {}) {
  const asked: string[][] = [];
  return {
    asked,
    calibrate(parts: readonly string[]): Promise<Calibration> {
      asked.push([...parts].sort());
      return Promise.resolve({
        rates: {
          "vgg19/conv1_1": { fixed: 1, perMegapixel: 0 },
          "vgg19/conv5_4": { fixed: 2, perMegapixel: 0 },
          pdf_regrain: { fixed: 0.01, perMegapixel: 0 },
        },
        seconds: 1,
        ...found,
      });
    },
  };
}

Deno.test("what no run has measured is timed, and the plan goes by that", async () => {
  await using folder = await temporaryFolder();
  const { asked, calibrate } = fakeCalibration();
  const plan = await planOf(folder, matrixWorkflow, { calibrate });
  assert.deepEqual(asked, [["pdf_regrain", "update", "vgg19/conv1_1", "vgg19/conv5_4", "write"]]);
  assert.equal(plan.timing.calibratedIn, 1);
  assert.ok(!plan.timing.isRough);
  const [, shallow = 0, full = 0] = secondsOf(plan);
  assert.ok(shallow > 16 * 400 && full > 2 * 16 * 400 && full < 2.5 * shallow);
});

Deno.test("what runs have measured here is not timed again", async () => {
  await using folder = await temporaryFolder();
  const first = await planOf(folder, matrixWorkflow);
  await Deno.mkdir(first.loaded.runs);
  const batches = first.instances.flatMap(({ work }) => work);
  await keepSpeeds(
    first.loaded,
    {},
    batches.map(({ parts, height, width }) => ({ parts, height, width, seconds: 0.5 })),
  );
  const { asked, calibrate } = fakeCalibration();
  const plan = await planOf(folder, matrixWorkflow, { calibrate });
  assert.deepEqual(asked, []);
  assert.equal(plan.timing.measuredAt?.slice(0, 2), "20");
  const [, shallow = 0] = secondsOf(plan);
  assert.ok(shallow > 0.5 * 16 * 2000 && shallow < 0.51 * 16 * 2010, `${shallow} s`);

  const elsewhere = await planOf(folder, matrixWorkflow, { calibrate, threads: 77 });
  assert.equal(elsewhere.timing.measuredAt, undefined);
  const exactly = await planOf(folder, matrixWorkflow, { calibrate, exact: true });
  assert.equal(exactly.timing.measuredAt, undefined);
  const tensorflow = { engine: "tensorflow" } as const;
  await keepSpeeds(
    first.loaded,
    { ...tensorflow, backend: "node" },
    batches.map(({ parts, height, width }) => ({ parts, height, width, seconds: 0.5 })),
  );
  const slower = await planOf(folder, matrixWorkflow, { calibrate, ...tensorflow, backend: "wasm" });
  assert.equal(slower.timing.measuredAt, undefined);
  assert.equal(asked.length, 3);
});

Deno.test("without an engine the plan goes by rough rates, and says so", async () => {
  await using folder = await temporaryFolder();
  const { calibrate } = fakeCalibration({ rates: {}, problem: "no engine" });
  const plan = await planOf(folder, matrixWorkflow, { calibrate });
  assert.ok(plan.timing.isRough);
  assert.equal(plan.timing.problem, "no engine");
  assert.deepEqual(secondsOf(plan), secondsOf(await planOf(folder, matrixWorkflow)));
});

const withAnalyses = `${matrixWorkflow}  alike: { kind: ssim, videos: [clip, metamer] }\n`;

Deno.test("work that is not timed is rough, be the rest of it timed or not", async () => {
  await using folder = await temporaryFolder();
  const { timing: mixed } = await planOf(folder, withAnalyses, { calibrate: fakeCalibration().calibrate });
  assert.ok(mixed.isRough);
  assert.equal(mixed.calibratedIn, 1);
  const alone = matrixWorkflow.replace(/stages:[^]*/, "stages:\n  back: { kind: reverse, video: clip }\n");
  const { timing } = await planOf(folder, alone, { calibrate: fakeCalibration({ rates: {} }).calibrate });
  assert.ok(timing.isRough);
  assert.equal(timing.calibratedIn, undefined);
});

Deno.test("calibrate() times models as far as a layer, and color transfers", async () => {
  const { rates, problem } = await calibrate(["vgg19/conv1_1", "mean_std_lab", "update", "write"], 64 * 96);
  assert.equal(problem, undefined);
  assert.deepEqual(Object.keys(rates).sort(), ["compile/vgg19", "mean_std_lab", "vgg19/conv1_1"]);
  for (const { fixed, perMegapixel } of Object.values(rates)) {
    assert.ok(fixed >= 0 && perMegapixel >= 0 && fixed + perMegapixel > 0);
  }
});

Deno.test("calibrate() opens no engine where there is nothing to time", async () => {
  const { rates, problem } = await calibrate(["update"], 64 * 96, { threads: -1 });
  assert.deepEqual([rates, problem], [{}, undefined]);
});
