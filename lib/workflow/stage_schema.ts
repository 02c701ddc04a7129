/**
 * What the language needs to know of a kind of stage in order to read it. `plan/stage_kind.ts` adds what running needs.
 * @module
 */
import type { z } from "zod";

/** Where a value stands inside a stage's settings: `["octaves", "steps", 1, "learning_rate"]`. */
export type SettingPath = readonly (string | number)[];

/** Something that a stage names: a video, another stage or a model. */
export interface Reference {
  /** Where the name stands in the settings; joined by dots it is the role under which the key and the manifest list it. */
  readonly path: SettingPath;
  readonly name: string;
  /**
   * One video or several, a stage with whatever it makes, a model that can be a stream, or one that predicts frames
   * (`predictor`); `goal` is a stage for what its frames are to match, with the videos and models that this names but without
   * its frames, and `result` is the same with its frames; `record` is a stage with whatever it makes and all that it was made
   * from, unless it is a report itself.
   */
  readonly wants: "video" | "videos" | "stage" | "model" | "predictor" | "goal" | "result" | "record";
}

/** The language's side of a kind. */
export interface StageSchema<Settings> {
  readonly name: string;
  /** One sentence for the reference. */
  readonly summary: string;
  /** From what stands in the YAML to complete settings: defaults filled in, presets and shorthands expanded. */
  readonly schema: z.ZodType<Settings>;
  /** What a stage that names this one gets from it. */
  readonly artifact: "video" | "table" | "report";
  /** Settings that are file paths; they are rewritten to be relative to the workflow's folder, whichever file they stand in. */
  readonly files?: readonly string[];
  /** Settings that are a model of the user's own: by a name of `models:`, or by its path. Kinds are given the path. */
  readonly models?: readonly string[];
  /** True when `frames` says how many frames are made, so that `--frames` may set it. */
  readonly takesFrames?: boolean;
  references(settings: Settings): readonly Reference[];
  /** The settings in full in the language's words: read again, they give the same settings. */
  write(settings: Settings): unknown;
}

/** A stage whose settings were read by its kind. */
export interface ReadStage {
  readonly references: readonly Reference[];
  /** The settings in full in the language's words. */
  readonly written: unknown;
}

/** A kind as the language sees it, whatever its settings are. */
export interface LanguageKind<Stage> {
  readonly name: string;
  readonly artifact: "video" | "table" | "report";
  readonly files: readonly string[];
  readonly models: readonly string[];
  readonly takesFrames: boolean;
  /** True when its frames are to match something. */
  readonly hasTargets: boolean;
  /** Reads what stands in the YAML, without `kind` and `matrix`. */
  configure(value: unknown): { readonly stage: Stage } | { readonly issues: readonly z.core.$ZodIssue[] };
}
