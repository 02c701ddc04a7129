/**
 * Where learned weights come from, and how the published file is recognized.
 * @module
 */

/** A file of weights that somebody publishes. */
export interface PublishedWeights {
  /** The name under which it is kept in the weights folder. */
  readonly fileName: string;
  /** Other names under which it is found there. */
  readonly otherNames: readonly string[];
  readonly url: string;
  /** Where a person finds it. */
  readonly page: string;
  readonly bytes: number;
  /** In hex, as its publisher states it. */
  readonly checksum: { readonly algorithm: "md5" | "sha256"; readonly hex: string };
  /** Under which terms it is published. */
  readonly license: string;
}
