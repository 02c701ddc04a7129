/**
 * One line of the catalog: what is known of a model without loading it, and how to load it.
 * @module
 */
import type { KernelFlavor, PrednetWeights } from "./prednet/weights.ts";
import type { ModelDeclaration, PredictorDeclaration, StreamModel } from "./stream_model.ts";
import type { PublishedWeights, WeightsByHand } from "./weights/published_weights.ts";

/** A model that is computed, not learned: it needs no file. */
export interface AnalyticModel {
  readonly declaration: ModelDeclaration;
  /** Raised when the numbers that it gives change. */
  readonly version: number;
  open(): Promise<StreamModel>;
}

/** A model with learned weights. */
export interface WeightedModel {
  readonly declaration: ModelDeclaration;
  readonly weights: PublishedWeights;
  /**
   * @param bytes the weights file
   * @param where its name, for error messages
   * Rejects with a RunError when the file is damaged or holds another network.
   */
  open(bytes: Uint8Array, where: string): Promise<StreamModel>;
  /** The same network with weights that mean nothing, which takes as long: for timing where the weights are not here. */
  standIn(): Promise<StreamModel>;
}

/** Any model of a stream. Implementations are imported dynamically, so that an entry costs nothing until it is opened. */
export type ModelEntry = AnalyticModel | WeightedModel;

/** A network that predicts the next frame: it is no stream, and an analysis opens it. */
export interface PredictiveModel {
  readonly declaration: PredictorDeclaration;
  readonly weights: WeightsByHand;
  /**
   * @param bytes the weights file
   * @param where its name, for error messages
   * Rejects with a RunError when the file is damaged or holds another network.
   */
  open(bytes: Uint8Array, where: string, kernels?: KernelFlavor): Promise<PrednetWeights>;
}

/** Any model that has a name. */
export type NamedModel = ModelEntry | PredictiveModel;
