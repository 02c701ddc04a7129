/**
 * What every model checks of its arguments. Wrong ones are bugs of the caller, since a plan is checked before it runs.
 * @module
 */
import { shapeText } from "../graph/broadcasting.ts";
import type { Tensor } from "../graph/graph.ts";
import type { ModelDeclaration } from "./stream_model.ts";

/** The frame of a model that sees one. Throws an Error unless it is an image and all layers are the model's own. */
export function singleFrame(
  declaration: ModelDeclaration,
  frames: readonly Tensor[],
  layers: readonly string[],
): Tensor {
  const [frame, ...more] = frames;
  if (frame === undefined || more.length > 0 || !isImage(frame)) throw wrongFrames(declaration, frames);
  requireLayers(declaration, layers);
  return frame;
}

/** The frames of a model that sees two of one size. Throws an Error as `singleFrame` does. */
export function framePair(
  declaration: ModelDeclaration,
  frames: readonly Tensor[],
  layers: readonly string[],
): readonly [previous: Tensor, current: Tensor] {
  const [previous, current, ...more] = frames;
  const two = previous !== undefined && current !== undefined && more.length === 0;
  if (!two || !isImage(previous) || shapeText(previous.shape) !== shapeText(current.shape)) {
    throw wrongFrames(declaration, frames);
  }
  requireLayers(declaration, layers);
  return [previous, current];
}

function isImage({ shape }: Tensor): boolean {
  return shape.length === 3 && shape[2] === 3;
}

function wrongFrames({ name, frames: expected }: ModelDeclaration, frames: readonly Tensor[]): Error {
  const shapes = frames.map(({ shape }) => shapeText(shape)).join(", ");
  return new Error(
    `${name}: expected ${expected} frames of [height, width, 3] and one size, got ${shapes || "none"}`,
  );
}

function requireLayers({ name, layers: known }: ModelDeclaration, layers: readonly string[]): void {
  const unknown = layers.filter((layer) => !known.includes(layer));
  if (unknown.length > 0) {
    throw new Error(`${name}: no layer ${unknown.join(", ")}; there are ${known.join(", ")}`);
  }
}
