/**
 * Where Winograd's algorithm pays, and with which tiles.
 * @module
 */
import type { TileSize } from "../winograd_matrices.ts";
import { inputAt, type Step } from "./lowering.ts";

/**
 * The tiles for a convolution; undefined where the direct form is as fast, or the algorithm does not apply.
 */
export function winogradTile(step: Step<"conv2d">): TileSize | undefined {
  const [images, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const [outputs = 0, inputs = 0, kernelHeight, kernelWidth] = kernel.shape;
  const applies = images.shape[0] === 1 && kernelHeight === 3 && kernelWidth === 3 &&
    kernel.constant !== undefined && step.attributes.stride.every((length) => length === 1);
  if (!applies || inputs < 64 || outputs < 64 || inputs * outputs <= 64 * 64) return undefined;
  const forced = Deno.env.get("WTILE");
  if (forced) return Number(forced) as TileSize;
  return 4;
}
