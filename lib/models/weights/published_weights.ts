/**
 * Where learned weights come from, and how the published file is recognized.
 * @module
 */

/** A file of weights, wherever it comes from. */
export interface KnownWeights {
  /** The name under which it is kept in the weights folder. */
  readonly fileName: string;
  /** Other names under which it is found there. */
  readonly otherNames: readonly string[];
  /** Where a person finds it. */
  readonly page: string;
  /** Under which terms it is published. */
  readonly license: string;
}

/** A file of weights that somebody publishes. */
export interface PublishedWeights extends KnownWeights {
  readonly url: string;
  readonly bytes: number;
  /** In hex, as its publisher states it. */
  readonly checksum: { readonly algorithm: "md5" | "sha256"; readonly hex: string };
}

/**
 * A file of weights that a person has to fetch, and of which no checksum is published. Beside it the user may keep one, in
 * `<file>.sha256` as `sha256sum` writes it: then no other bytes are used.
 */
export interface WeightsByHand extends KnownWeights {
  /** How a person gets the file, in a sentence. */
  readonly steps: string;
}

/** True for weights that are fetched when they are needed. */
export function isFetched(weights: KnownWeights): weights is PublishedWeights {
  return "url" in weights;
}
