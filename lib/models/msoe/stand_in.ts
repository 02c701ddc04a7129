/**
 * The two-frame model of motion with weights that mean nothing.
 * @module
 */
import { standInConvolution } from "../stand_in_weights.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import { createMsoe } from "./network.ts";

/** Takes as long as the real one. */
export function standInMsoe(declaration: ModelDeclaration): StreamModel {
  return createMsoe(declaration, {
    motion: standInConvolution([32, 2, 11, 11]),
    mixing: standInConvolution([64, 32, 1, 1]),
    flowHidden: standInConvolution([64, 320, 3, 3]),
    flow: standInConvolution([2, 64, 1, 1]),
  });
}
