/**
 * An instance ready to run, as plain data: the runner reads it, and sends it to the worker as it is.
 * @module
 */
import type { Precision } from "../engines/engine.ts";
import type { ModelDigest } from "../models/stream_model.ts";
import type { Methods } from "../store/citation.ts";
import type { ArtifactFacts, Facts, FileOrigin, VideoFacts, Work } from "./stage_kind.ts";
import type { Reason } from "./reason.ts";

/** A finished instance that another one reads. */
export interface PlannedInput {
  /** Where the reference stands in the settings, joined by dots: what the stage run and the manifest call it. */
  readonly role: string;
  /** The instance's name: `natural`, `metamer[clip=street,seed=2]`. */
  readonly name: string;
  /** Its key. */
  readonly key: string;
  /** Absent when it makes no video. */
  readonly video?: VideoFacts;
  /** The file that was decoded for it; absent when it is no video file. */
  readonly origin?: FileOrigin;
  /** What was done to it that a reader of a methods section would not expect, in sentences; absent where that is nothing. */
  readonly deviations?: readonly string[];
}

/** One instance of a stage (or of a video that is decoded). */
export interface PlannedInstance {
  /** `metamer[clip=street,seed=2]`; without a matrix the stage's name. */
  readonly name: string;
  /** The stage or video that it is an instance of. */
  readonly stage: string;
  /** Where it stands in the workflow: the videos are decoded or generated, and not encoded for viewing. */
  readonly section: "videos" | "stages";
  /** The matrix variables and the names of their values, in the matrix' order. */
  readonly factors: Readonly<Record<string, string>>;
  /** The kind's name in the table of kinds. */
  readonly kind: string;
  /** Version of the bytes that the kind makes. */
  readonly format: number;
  /** The hash of all that decides its bytes; its folder in the store has this name. */
  readonly key: string;
  /** What was hashed for the key, as canonical JSON: the text of `instance.json`. */
  readonly hashed: string;
  /** Complete settings, as the kind's `load()`ed run takes them. */
  readonly settings: unknown;
  /** @internal */
  readonly facts: Facts;
  /** What it makes. */
  readonly artifact: ArtifactFacts;
  /** Folder of the workflow file: relative paths in the settings start there. */
  readonly folder: string;
  /** Finished instances that it reads. */
  readonly inputs: readonly PlannedInput[];
  /** Models that it uses, and which bytes they are. */
  readonly models: readonly (ModelDigest & { readonly role: string; readonly name: string })[];
  /** In which precision its networks are computed. */
  readonly precision: Precision;
  /** How much there is to compute. */
  readonly work: readonly Work[];
  /** Where it departs from the paper or the authors' code, in sentences. */
  readonly deviations: readonly string[];
  /** How it is made, for a methods section; absent where its kind says nothing. */
  readonly methods?: Methods;
  /** All that is wanted is there, some of it is, or nothing. */
  readonly status: "cached" | "resume" | "run";
  /** Why it is not cached. */
  readonly reasons: readonly Reason[];
  /**
   * Given when it is made again although it is there: asked for now, or begun by an earlier run of this workflow. What was
   * there stays until the new result is whole.
   */
  readonly remake?: "asked" | "begun";
  /** Output frames that are there already; of one that is made again, of the new result. */
  readonly finishedFrames: number;
  /** How long it will take, by the plan's estimate; at most so long where rules may end its octaves early. */
  readonly seconds: number;
  /** How much room on the disk it still takes, by the plan's estimate. */
  readonly bytes: number;
}
