/**
 * The settings of a synthesis with every default filled in, in the words of the workflow language.
 * `stages/synthesis/kind.ts` makes them from YAML; scripts may write them by hand.
 * @module
 */
import type { ColorTransferVariant } from "../frames/color_transfer/transfer_color.ts";

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

/** Every part of the loss, in the order in which they are always listed. */
export const termNames = [...targetTerms, "total_variation"] as const;

/** A part of the loss: the four with targets, and total variation. */
export type TermName = (typeof termNames)[number];

/** What a target does after its last frame. */
export type Length = "strict" | "loop" | "pingpong" | "hold";

/** One video of a term. */
export interface TargetSettings {
  readonly video: string;
  /** Relative to the other shares of the term. */
  readonly share: Keyframes;
  readonly length: Length;
}

/** Layer weights by name; "default" and "all" stand for the model's own lists with weight 1. */
export type LayerChoice = "default" | "all" | Readonly<Record<string, number>>;

/** One of the four losses. */
export interface TermSettings {
  readonly weight: Keyframes;
  readonly layers: LayerChoice;
  readonly targets: readonly TargetSettings[];
}

/** One resolution of the schedule; `Value` is `number` once it is known which frame is made. */
export interface OctaveSettings<Value = Keyframes> {
  /** The size is the full size times scale^octave. */
  readonly octave: number;
  readonly scale: number;
  /** All of them are done, unless a rule of `stop` ends the octave before. */
  readonly iterations: Value;
  readonly learning_rate: Value;
  /** Weight of total variation. */
  readonly total_variation: Value;
  /** What the weights of the temporal terms are multiplied with; 1 when left out. */
  readonly temporal?: Value;
}

/** An octave as one frame sees it. */
export type OctaveStep = OctaveSettings<number>;

/** Gradient descent: what the gradient is divided by. */
export interface DescentSettings {
  /** Which optimizer this is. */
  readonly name: "descent";
  /** true: its standard deviation over all values; "per_channel": over each channel's; false: 1. */
  readonly normalize_gradient: true | false | "per_channel";
}

/** Adam (Kingma & Ba 2015). */
export interface AdamSettings {
  /** Which optimizer this is. */
  readonly name: "adam";
  /** Decay of the mean gradient. */
  readonly beta1: number;
  /** Decay of the mean squared gradient. */
  readonly beta2: number;
  /** Added to the root of the mean squared gradient. */
  readonly epsilon: number;
}

/** L-BFGS (Liu & Nocedal 1989) within [0, 1]. */
export interface LbfgsSettings {
  /** Which optimizer this is. */
  readonly name: "lbfgs";
  /** How many steps it remembers. */
  readonly history: number;
}

/** How the gradient becomes an update. */
export type OptimizerSettings = DescentSettings | AdamSettings | LbfgsSettings;

/** When an octave is as good as it gets. */
export interface PlateauSettings {
  /** Over so many of the last iterations ... */
  readonly iterations: number;
  /** ... the lowest weighted loss has fallen by at most this share. */
  readonly improvement: number;
}

/** When an octave ends before its iterations are done. */
export interface StopSettings {
  /** Of each term that is minimized the mean over its layers of ||G - G'||^2 / ||G'||^2 is at most this. */
  readonly residual?: number;
  /** Where the loss no longer falls. */
  readonly plateau?: PlateauSettings;
  /** Iterations that are always done, as far as the octave has them. */
  readonly minimum: number;
}

/** How the terms are brought to comparable sizes. */
export type Balance = "initial" | "target" | "none";

/** Which constants stand in front of the losses. */
export type Normalization = "reference" | "paper";

/** Whether frames have colors, or red, green and blue are equal in them. */
export type FrameColor = "rgb" | "gray";

/** What the previous frame and the targets of an octave are resized from: their full size, or their version at the octave before. */
export type Resample = "original" | "cascade";

/** Everything that decides the frames of a synthesis. */
export interface SynthesisSettings {
  readonly streams: { readonly spatial: string; readonly temporal: string };
  readonly targets: Readonly<Partial<Record<TargetTerm, TermSettings>>>;
  /** Left out: the first target's. */
  readonly height?: number;
  readonly width?: number;
  /** "gray": red, green and blue are equal. Left out: gray when all targets are, else rgb. */
  readonly color?: FrameColor;
  /** Left out: as many as the shortest strict target has. */
  readonly frames?: number;
  readonly octaves: readonly OctaveSettings[];
  readonly blend: Keyframes;
  readonly padding: { readonly frames: number; readonly order: "mirrored" | "forward" };
  /** "noise", "target", "gray", or the name of a video or stage: the first frame. */
  readonly start_from: string;
  readonly color_transfer: "none" | {
    readonly video: string;
    readonly variant: Exclude<ColorTransferVariant, "none">;
  };
  readonly balance: Balance;
  readonly normalization: Normalization;
  readonly resample: Resample;
  readonly optimizer: OptimizerSettings;
  /** Left out: octaves do all of their iterations. */
  readonly stop?: StopSettings;
  /** Of the models' convolutions; float32 when left out. */
  readonly precision?: "float32" | "float16";
  readonly seed: number;
}
