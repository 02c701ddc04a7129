import assert from "node:assert/strict";
import { type NextFrame, openNextFramePredictor } from "../../lib/analysis/next_frame.ts";
import { openEngine } from "../../lib/engines/open.ts";
import { npzArray } from "../../lib/formats/npz.ts";
import { frameFromBytes } from "../../lib/frames/bytes.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { uniformNoise } from "../../lib/frames/noise.ts";
import { standInPrednet } from "../../lib/models/prednet/stand_in.ts";
import { type KernelFlavor, readPrednetWeights } from "../../lib/models/prednet/weights.ts";
import { goldenFloats, readGolden } from "../golden_data.ts";
import { sharedPath } from "../shared_data.ts";

const ignore = sharedPath("golden/prednet.npz") === undefined;
const size = { height: 32, width: 40 };

function goldenFrames(): readonly Frame[] {
  const { shape: [count = 0, height = 0, width = 0], data } = npzArray(
    readGolden("prednet.npz"),
    "frames",
    "prednet.npz",
  );
  assert.ok(data instanceof Uint8Array);
  const length = height * width * 3;
  return Array.from({ length: count }, (_, t) => (
    frameFromBytes(data.slice(t * length, (t + 1) * length), height, width)
  ));
}

/** Each frame of the golden clip predicted from all those before it, none at first. */
async function predictAll(file: string, kernels: KernelFlavor): Promise<readonly NextFrame[]> {
  const frames = goldenFrames();
  const weights = await readPrednetWeights(
    await Deno.readFile(sharedPath(`golden/${file}`) ?? ""),
    file,
    kernels,
  );
  await using engine = await openEngine({});
  await using predictor = await openNextFramePredictor(engine, weights, { ...size, batch: 2 });
  const made: NextFrame[] = [];
  for (const time of frames.keys()) made.push(...await predictor.predict([frames.slice(0, time + 1)]));
  return made;
}

/** Largest difference of predicted values, and largest relative difference of a level's errors, over all steps. */
function distance(made: readonly NextFrame[]): { readonly predicted: number; readonly errors: number } {
  const arrays = readGolden("prednet.npz");
  const [prediction, error] = [goldenFloats(arrays, "prediction"), goldenFloats(arrays, "error")];
  let [predicted, errors] = [0, 0];
  for (const [time, found] of made.entries()) {
    const { length } = found.predicted.data;
    found.predicted.data.forEach((value, i) => {
      predicted = Math.max(predicted, Math.abs(value - prediction.data[time * length + i]!));
    });
    found.errors.forEach((value, level) => {
      const expected = error.data[time * found.errors.length + level]!;
      errors = Math.max(errors, Math.abs(value - expected) / expected);
    });
  }
  return { predicted, errors };
}

for (
  const { file, kernels } of [
    { file: "prednet_random.hdf5", kernels: "tensorflow" },
    { file: "prednet_random_checkpoint.hdf5", kernels: "tensorflow" },
    { file: "prednet_random_theano.hdf5", kernels: "theano" },
  ] as const
) {
  Deno.test({
    name: `PredNet gives the authors' predictions and errors at every step (${file}, kernels: ${kernels})`,
    ignore,
    fn: async () => {
      const { predicted, errors } = distance(await predictAll(file, kernels));
      assert.ok(predicted < 1e-4, `predictions differ by ${predicted}`);
      assert.ok(errors < 1e-4, `errors differ by ${errors}`);
    },
  });
}

Deno.test({
  name: "PredNet with Theano's kernels read as TensorFlow's predicts something else",
  ignore,
  fn: async () => {
    assert.ok(distance(await predictAll("prednet_random_theano.hdf5", "tensorflow")).predicted > 0.01);
  },
});

Deno.test("what is predicted of a window does not depend on how many go through at a time, nor on the others", async () => {
  const weights = standInPrednet([3, 64, 65]);
  const frames = Array.from({ length: 7 }, (_, frame) => (
    uniformNoise({ seed: 1, frame, purpose: "generated" }, 16, 24)
  ));
  const windows = [0, 1, 2, 3, 4].map((first) => frames.slice(first, first + 3));
  await using engine = await openEngine({});
  const madeWith = async (batch: number) => {
    await using predictor = await openNextFramePredictor(engine, weights, { height: 16, width: 24, batch });
    return await predictor.predict(windows);
  };
  const [two, ...others] = [await madeWith(2), await madeWith(3), await madeWith(5)];
  assert.equal(two?.length, windows.length);
  for (const other of others) {
    for (const [index, { predicted, errors }] of other.entries()) {
      const expected = two?.[index];
      predicted.data.forEach((value, i) => assert.ok(Math.abs(value - expected!.predicted.data[i]!) < 1e-6));
      errors.forEach((value, level) => assert.ok(Math.abs(value - expected!.errors[level]!) < 1e-6));
    }
  }
  assert.ok(two?.some(({ predicted }) => predicted.data.some((value) => value > 0 && value < 1)));
});

Deno.test("a predictor refuses windows of unequal lengths and frames that are not of its size", async () => {
  await using engine = await openEngine({ engine: "reference" });
  await using predictor = await openNextFramePredictor(engine, standInPrednet([3, 4]), {
    height: 4,
    width: 6,
    batch: 2,
  });
  const frame = (height: number): Frame => ({ height, width: 6, data: new Float32Array(height * 18) });
  await assert.rejects(predictor.predict([[frame(4), frame(4)], [frame(4)]]), /different lengths/);
  await assert.rejects(predictor.predict([[frame(8)]]), /a frame of 8 x 6 in a window of 4 x 6/);
  assert.deepEqual(await predictor.predict([]), []);
  const opened = (height: number, batch: number) =>
    openNextFramePredictor(engine, standInPrednet([3, 4]), { height, width: 6, batch });
  await assert.rejects(opened(5, 2), /5 x 6 cannot be halved for each of 2 levels/);
  await assert.rejects(opened(4, 1), /by 2 or more, not by 1/);
});
