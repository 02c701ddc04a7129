/**
 * Losses and gradients of two_stream.npz by TensorFlow.js: beside the authors' code where a backend is quick enough; in plain
 * JavaScript on a part of the frames, beside ONNX Runtime with direct convolutions, which tests/synthesis/golden compares with the
 * authors' code.
 */
import { evaluateTerms } from "../../mod.ts";
import { openEngine } from "../../lib/engines/open.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import {
  isMissing,
  openGolden,
  relativeError,
  shortNames,
  termOf,
  weights,
} from "../synthesis/golden/golden_setting.ts";
import { assertGoldenTotal, balancedTotal, texture, texturePair } from "../engines/balanced_total.ts";
import { assertAsStated } from "../engines/stated_limits.ts";
import { withBackend } from "./backends_here.ts";

const ignore = isMissing("two_stream.npz");

for (const backend of ["node", "wasm"] as const) {
  await withBackend(backend, (engine) => {
    Deno.test({
      name: `tensorflow ${backend}: losses and gradients of all five terms are the authors' code's`,
      ignore,
      async fn() {
        const golden = await openGolden("two_stream.npz");
        const { frame, number } = golden;
        const target = { previous: frame("target_prev"), current: frame("target_cur") };
        const found = await evaluateTerms({
          previous: frame("gen_prev"),
          current: frame("gen_cur"),
          targets: {
            spatial_content: target,
            spatial_texture: target,
            temporal_content: target,
            temporal_texture: target,
          },
          engine,
          ...(weights === undefined ? {} : { weights }),
        });
        const lossError = (short: keyof typeof shortNames) =>
          Math.abs(termOf(found, shortNames[short]).loss / number(`loss_${short}`) - 1);
        const gradientError = (short: keyof typeof shortNames) =>
          relativeError(termOf(found, shortNames[short]).gradient, frame(`grad_${short}`));
        await assertAsStated(`tensorflow ${backend}, 68x160`, {
          "losses of all five terms": Math.max(...(["sc", "ss", "tc", "ts", "tv"] as const).map(lossError)),
          "gradients of spatial terms": Math.max(...(["sc", "ss"] as const).map(gradientError)),
          "gradients of temporal terms": Math.max(...(["tc", "ts"] as const).map(gradientError)),
          "gradient of total variation": gradientError("tv"),
        });
      },
    });
  });
}

/** Those behind them take plain JavaScript many times as long. */
const layers = { conv1_1: 1, conv2_1: 1, conv3_1: 1 };

await withBackend("webgpu", (engine) => {
  Deno.test({
    name: "tensorflow webgpu: losses and the gradient of the balanced total are the authors' code's",
    ignore,
    fn: () => assertGoldenTotal("tensorflow webgpu, 68x160", engine),
  });
});

await withBackend("cpu", (engine) => {
  Deno.test({
    name:
      "tensorflow cpu: losses of both streams and the gradient of their balanced total are ONNX Runtime's",
    ignore,
    async fn() {
      const pair = texturePair(await openGolden("two_stream.npz"), middle, layers);
      await using judge = await openEngine({ exact: true });
      const { losses: raw } = await balancedTotal(judge, judge, pair, {});
      const coefficients = {
        spatial_texture: 1e4 / (raw.spatial_texture ?? NaN),
        temporal_texture: 1e4 / (raw.temporal_texture ?? NaN),
        total_variation: 1e3 / (raw.total_variation ?? NaN),
      };
      const right = await balancedTotal(judge, judge, pair, coefficients);
      const found = await balancedTotal(engine, judge, pair, coefficients);
      const errorOf = (term: keyof typeof texture) =>
        Math.abs((found.losses[term] ?? NaN) / (right.losses[term] ?? NaN) - 1);
      await assertAsStated("tensorflow cpu, 32x48", {
        [texture.spatial_texture]: errorOf("spatial_texture"),
        [texture.temporal_texture]: errorOf("temporal_texture"),
        [texture.total_variation]: errorOf("total_variation"),
        "gradient of the balanced total": relativeError(found.gradient, right.gradient),
      });
    },
  });
});

/** 32 x 48 pixels from the middle of a frame. */
function middle(frame: Frame): Frame {
  const [height, width] = [32, 48];
  const [top, left] = [(frame.height - height) >> 1, (frame.width - width) >> 1];
  const data = new Float32Array(height * width * 3);
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * frame.width + left) * 3;
    data.set(frame.data.subarray(start, start + width * 3), row * width * 3);
  }
  return { ...frame, height, width, data };
}
