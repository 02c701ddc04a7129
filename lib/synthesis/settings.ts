/**
 * The settings of a synthesis with every default filled in, in the words of the workflow language.
 * `stages/synthesis/kind.ts` makes them from YAML; scripts may write them by hand.
 * @module
 */

/** A number, or a map from output frame to number: linear between, constant outside. */
export type Keyframes = number | Readonly<Record<number, number>>;

/** The four losses that have targets, in the order in which they are always listed. */
export const targetTerms = [
  "spatial_content",
  "spatial_texture",
  "temporal_content",
  "temporal_texture",
] as const;

/** A loss with a target. */
export type TargetTerm = (typeof targetTerms)[number];

/** A part of the loss: the four with targets, and total variation. */
export type TermName = TargetTerm | "total_variation";

/** What a target does after its last frame. */
export type Length = "strict" | "loop" | "pingpong" | "hold";

/** One video of a term. */
export interface TargetSettings {
  readonly video: string;
  /** Relative to the other shares of the term. */
  readonly share: Keyframes;
  readonly length: Length;
}

/** One of the four losses. */
export interface TermSettings {
  readonly weight: Keyframes;
  /** Layer weights by name; "default" and "all" stand for the model's own lists with weight 1. */
  readonly layers: "default" | "all" | Readonly<Record<string, number>>;
  readonly targets: readonly TargetSettings[];
}

/** One resolution of the schedule. */
export interface OctaveSettings {
  /** The size is the full size times scale^octave. */
  readonly octave: number;
  readonly scale: number;
  readonly iterations: Keyframes;
  readonly learning_rate: Keyframes;
  readonly total_variation: Keyframes;
}

/** How the gradient becomes an update. */
export type OptimizerSettings =
  | { readonly name: "descent"; readonly normalize_gradient: true | false | "per_channel" }
  | { readonly name: "adam"; readonly beta1: number; readonly beta2: number; readonly epsilon: number };

/** How generated frames take the colors of a target. */
export type ColorTransferVariant = "pdf" | "pdf_regrain" | "mean_std_lab";

export type Balance = "initial" | "target" | "none";
export type Normalization = "reference" | "paper";
export type Resample = "original" | "cascade";

/** Everything that decides the frames of a synthesis. */
export interface SynthesisSettings {
  readonly streams: { readonly spatial: string; readonly temporal: string };
  readonly targets: Readonly<Partial<Record<TargetTerm, TermSettings>>>;
  /** Left out: the first target's. */
  readonly height?: number;
  readonly width?: number;
  /** Left out: as many as the shortest strict target has. */
  readonly frames?: number;
  readonly octaves: readonly OctaveSettings[];
  readonly blend: Keyframes;
  readonly padding: { readonly frames: number; readonly order: "mirrored" | "forward" };
  /** "noise", "target", "gray", or the name of a video or stage: the first frame. */
  readonly start_from: string;
  readonly color_transfer: "none" | { readonly video: string; readonly variant: ColorTransferVariant };
  readonly balance: Balance;
  readonly normalization: Normalization;
  readonly resample: Resample;
  readonly optimizer: OptimizerSettings;
  readonly seed: number;
}
