/**
 * VGG-19 with weights that mean nothing.
 * @module
 */
import { standInConvolution } from "../stand_in_weights.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import { convolutions } from "./architecture.ts";
import { createVgg19 } from "./network.ts";

/** Takes as long as the real one. */
export function standInVgg19(declaration: ModelDeclaration): StreamModel {
  const weights = convolutions.map(({ name, inputs, outputs }) =>
    [name, standInConvolution([outputs, inputs, 3, 3])] as const
  );
  return createVgg19(declaration, Object.fromEntries(weights));
}
