/**
 * VGG-19 and MSOE on WebGPU beside the processor with direct convolutions, which tests/synthesis/golden compares with the authors'
 * code: on a part of the golden frames, for a Vulkan in software is slow.
 */
import { openEngine } from "../../lib/engines/open.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { isMissing, openGolden, relativeError } from "../synthesis/golden/golden_setting.ts";
import { balancedTotal, texture, texturePair } from "../engines/balanced_total.ts";
import { assertAsStated } from "../engines/stated_limits.ts";
import { sharedEngine } from "./shared_engine.ts";

const [height, width] = [32, 48];

/** Those behind them have kernels of their size, and take four times as long. */
const layers = { conv1_1: 1, conv2_1: 1, conv3_1: 1 };

Deno.test({
  name: "losses of both streams and the gradient of their balanced total are the processor's",
  ignore: isMissing("two_stream.npz"),
  async fn() {
    const pair = texturePair(await openGolden("two_stream.npz"), upperLeft, layers);
    await using processor = await openEngine({ exact: true });
    const { losses: raw } = await balancedTotal(processor, processor, pair, {});
    const coefficients = {
      spatial_texture: 1e4 / (raw.spatial_texture ?? NaN),
      temporal_texture: 1e4 / (raw.temporal_texture ?? NaN),
      total_variation: 1e3 / (raw.total_variation ?? NaN),
    };
    const right = await balancedTotal(processor, processor, pair, coefficients);
    const found = await balancedTotal(await sharedEngine(), processor, pair, coefficients);
    const errorOf = (term: keyof typeof texture) =>
      Math.abs((found.losses[term] ?? NaN) / (right.losses[term] ?? NaN) - 1);
    await assertAsStated("webgpu, 32x48", {
      [texture.spatial_texture]: errorOf("spatial_texture"),
      [texture.temporal_texture]: errorOf("temporal_texture"),
      [texture.total_variation]: errorOf("total_variation"),
      "gradient of the balanced total": relativeError(found.gradient, right.gradient),
    });
  },
});

function upperLeft(frame: Frame): Frame {
  const rows = Array.from(
    { length: height },
    (_, y) => frame.data.subarray(y * frame.width * 3, (y * frame.width + width) * 3),
  );
  const data = new Float32Array(height * width * 3);
  rows.forEach((row, y) => data.set(row, y * width * 3));
  return { height, width, data };
}
