/**
 * The interface between the runner and the stages: a kind is light (schema, checks, key), its work is loaded when it runs.
 * @module
 */
import type { Engine, Precision } from "../engines/engine.ts";
import type { ModelDigest, ModelSource, PredictorSource } from "../models/stream_model.ts";
import type { Citation, Methods } from "../store/citation.ts";
import type { StageEvent } from "../store/events.ts";
import type { FinishedInstance } from "../store/finished_instance.ts";
import type { FrameSource, StageStore } from "../store/stage_store.ts";
import type { ProblemFact } from "../workflow/problems.ts";
import type { Reference, SettingPath, StageSchema } from "../workflow/stage_schema.ts";
import type { Goal } from "./goal.ts";

export type { Goal, Methods, Reference, SettingPath };

/** Plain data that can be written as canonical JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a video, from a file or from a stage, is known to be before anything runs. */
export interface VideoFacts {
  /** In pixels. */
  readonly height: number;
  /** In pixels. */
  readonly width: number;
  /** How many there are. */
  readonly frames: number;
  /** A rational in lowest terms: "60000/1001", "25/1". */
  readonly fps: string;
  /** Given when red, green and blue are the same everywhere. */
  readonly color?: "gray";
  /** How its numbers follow light; absent where they are coded as files hold them (sRGB). */
  readonly transfer?: "linear" | { readonly gamma: number };
}

/** What an instance makes. */
export type ArtifactFacts = { readonly made: "video"; readonly video: VideoFacts } | {
  readonly made: "table";
} | {
  readonly made: "report";
};

/** All that is known of what a stage refers to, by role. */
export interface Facts {
  readonly videos: Readonly<Record<string, VideoFacts>>;
  readonly models: Readonly<Record<string, ModelFacts>>;
  /** What stages that are named for their targets are to match, and what they make. */
  readonly goals?: Readonly<Record<string, Goal & { readonly video: VideoFacts }>>;
  /** The names of the instances that are read or named for their targets: `metamer[clip=street,seed=2]`. */
  readonly names?: Readonly<Record<string, string>>;
  /** Their values of the variables of their matrix, by role: `{ clip: "street", seed: "2" }`. */
  readonly factors?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The kinds of the instances that are read. */
  readonly kinds?: Readonly<Record<string, string>>;
  /** The workflow's title, where it has one. */
  readonly title?: string;
  /** What `inspect` found on the disk, for the kinds that have it. */
  readonly inspected?: Inspected;
}

/** What is known of a model before its weights are read. */
export interface ModelFacts {
  readonly name: string;
  readonly stream: "spatial" | "temporal" | "prediction";
  readonly layers: readonly string[];
  /** Those of `layers` that `all` stands for, where some are names of the same layer. */
  readonly distinctLayers?: readonly string[];
  readonly defaultTextureLayers: readonly string[];
  readonly defaultContentLayers: readonly string[];
  readonly smallestSide: number;
  /** How many frames it sees, and every how many of the video it sees one; 1 and 1 or, of a temporal one, 2 when left out. */
  readonly frames?: number;
  readonly stride?: number;
  /** Of an imported model: tensors that cannot be layers, and the operators that stand before some of them. */
  readonly unusable?: { readonly layers: readonly string[]; readonly ops: string };
  /** Layers that on frames whose shorter side is smaller than so many pixels are the same as the layer before them. */
  readonly repeatsBelow?: Readonly<Record<string, number>>;
  /** Publications that it rests on. */
  readonly cites?: readonly Citation[];
  /** Of an imported model whose publication is none of these: what its JSON says of it. */
  readonly citation?: string;
  /** Of an imported model: the height and width that frames are resized to, or `native`: they keep theirs. */
  readonly size?: readonly [number, number] | "native";
}

/** The file that a video comes from, as manifests record it. */
export interface FileOrigin {
  /** Its path, from the workflow's folder. */
  readonly file: string;
  /** In hex. */
  readonly sha256: string;
  /** Index in the file of the first frame that is read. */
  readonly start: number;
  /** Every how many frames of the file one is read. */
  readonly step: number;
  /** How its numbers stand for colors, as the file says or as it was assumed. */
  readonly color: { readonly matrix: string; readonly range: string; readonly assumed: boolean };
  /** As the workflow states it. */
  readonly license?: string;
  /** Where the clip comes from, as the workflow states it. */
  readonly source?: string;
}

/** What was learned from files before planning: they decide the key. */
export interface Inspected {
  /** Absent where the files are no video. */
  readonly video?: VideoFacts;
  /** sha256 of the files that are read, by role. */
  readonly digests: Readonly<Record<string, string>>;
  /** For the manifest: color matrix and range as found or assumed, source frame rate, and so on; of weights what network they are of. */
  readonly details: Json;
  /** Absent for a video that is made here, and for other files. */
  readonly origin?: FileOrigin;
}

/** What was learned of a video. */
export interface InspectedVideo extends Inspected {
  readonly video: VideoFacts;
}

/** Reports a problem at a place in the settings, as one of the sentences of `workflow/problems.ts`. */
export type ReportProblem = (path: SettingPath, problem: ProblemFact) => void;

/** sha256 of a file in hex, from memory when the file has not changed. Throws Deno.errors.NotFound. */
export type DigestFile = (path: string) => Promise<string>;

/**
 * What was found out before about a file of this sha256, else what `find` finds out.
 * `what` is the question, with a number that changes when the answer may.
 */
export type Recall = (what: string, sha256: string, find: () => Promise<unknown>) => Promise<unknown>;

/** A batch of equal evaluations, for the plan's time estimate and for the time that is left. */
export interface Work {
  /** Of a frame, in pixels. */
  readonly height: number;
  /** Of a frame, in pixels. */
  readonly width: number;
  /** How many there are, over all frames. */
  readonly iterations: number;
  /**
   * What each evaluates: models as far as a layer (`vgg19/conv4_1`), "decode", "pdf_regrain" ...: names that
   * plan/rates.ts knows the speed of, or that a run has measured.
   */
  readonly parts: readonly string[];
  /** How they are spread over the frames, where they are made one after the other. */
  readonly frames?: WorkedFrames;
}

/** What each frame takes of a batch of work. */
export interface WorkedFrames {
  /** Time of the first one; negative in the padding. */
  readonly first: number;
  /** Iterations of each, from that one on. */
  readonly iterations: readonly number[];
  /** The octave that they belong to, as events call it; absent for what is done once the octaves are through. */
  readonly octave?: number;
  /** The iterations are the most that there can be: rules may end the octave before. */
  readonly mayEndEarly?: true;
  /** Evaluations beside the iterations that each frame needs: where the octave begins and ends, and of its targets. */
  readonly beside?: number;
}

/** How much smaller a preview is than what it is a preview of. */
export interface PreviewScale {
  /** In pixels. */
  size(full: { readonly height: number; readonly width: number }): {
    readonly height: number;
    readonly width: number;
  };
  /** Why a size is not as much smaller as others are, in a sentence. */
  sizeNote(full: { readonly height: number; readonly width: number }): string | undefined;
  /** The most frames that a preview has. */
  readonly frames: number;
  /** Of each frame; at least 1. */
  iterations(full: number): number;
}

/** The settings of a preview, and what a user has to know of it, in sentences. */
export interface Preview<Settings> {
  readonly settings: Settings;
  /** What files say of it; left out: the same as before. */
  readonly inspected?: Inspected;
  readonly notes: readonly string[];
}

/** A kind of stage: what the language needs of it, and what planning and running need. */
export interface StageKind<Settings> extends StageSchema<Settings> {
  /** Raised when the bytes that it makes change. */
  readonly format: number;
  /** Looks at files (probe, checksum). Only for kinds that read files of the user; reports what it cannot read. */
  inspect?(
    settings: Settings,
    folder: string,
    report: ReportProblem,
    digest: DigestFile,
    recall: Recall,
  ): Promise<Inspected | undefined>;
  /** The same stage for a quick look; a kind without it is as quick as it can be. */
  preview?(settings: Settings, facts: Facts, scale: PreviewScale): Preview<Settings>;
  /** Everything that can be known without running. */
  check(settings: Settings, facts: Facts, report: ReportProblem): void;
  /** What is allowed and is hardly meant, in sentences; called only when `check` reported nothing. */
  notes?(settings: Settings, facts: Facts): readonly string[];
  /** What the stage will make; called only when `check` reported nothing. */
  makes(settings: Settings, facts: Facts): ArtifactFacts;
  /** How many frames, from the first, it reads of each input by role; all of those that are left out. */
  reads?(settings: Settings, facts: Facts): Readonly<Record<string, number>>;
  /** What of the settings decides the bytes: no names, no paths, and no frame count where frames can be added later. */
  keyed(settings: Settings, facts: Facts): Json;
  work(settings: Settings, facts: Facts): readonly Work[];
  /** In which precision its networks are computed; float32 when left out. */
  precision?(settings: Settings): Precision;
  /** What the frames that it makes are to match; for kinds with targets. */
  goal?(settings: Settings, facts: Facts): Goal;
  /** The settings in full; with facts also what follows from them, such as a model's own layers. */
  write(settings: Settings, facts?: Facts): unknown;
  /** Where this instance departs from the paper or the authors' code, as sentences for the manifest and the methods paragraph. */
  deviations(settings: Settings, facts: Facts): readonly string[];
  /** How it is made, for the methods paragraph of a report, with what is to be cited. */
  methods?(settings: Settings, facts: Facts): Methods;
  load(): Promise<StageRun<Settings>>;
}

/** Does the work of one instance inside a worker; resolves when all frames are in the store or a stop was requested. */
export type StageRun<Settings> = (settings: Settings, context: StageContext) => Promise<void>;

/** States inside a frame, from which a run that was stopped or killed goes on. */
export interface Checkpoints {
  /** True when the time has come for one. At an octave's end and at a stop there is one at any time. */
  isDue(): boolean;
  /**
   * Writes one durably and reports it.
   * @param place how far the work is: so many iterations of an octave are done
   */
  save(place: CheckpointPlace, encode: () => Uint8Array): Promise<void>;
}

/** Where a checkpoint is; without octave and iteration where frames are not made in octaves. */
export interface CheckpointPlace {
  readonly frame: number;
  readonly octave?: number;
  readonly iteration?: number;
}

/** What a running stage may touch. */
export interface StageContext {
  /** What `makes` said for this instance. */
  readonly artifact: ArtifactFacts;
  readonly facts: Facts;
  /** Folder of the workflow file: relative paths in the settings start there. */
  readonly folder: string;
  /** Videos that the stage refers to, by role. */
  readonly inputs: Readonly<Record<string, FrameSource>>;
  /** The records of any input, by its role. Throws RunError when it is not finished. */
  finished(role: string): Promise<FinishedInstance>;
  /** Durable and atomic; a stage never sees a path of the store. */
  readonly store: StageStore;
  readonly checkpoints: Checkpoints;
  readonly models: ModelSource & PredictorSource;
  /** Opens the engine at first use; the runner disposes of it. */
  engine(): Promise<Engine>;
  emit(event: StageEvent): void;
  /** True when the run should end after the iteration in progress. */
  stopRequested(): boolean;
}

/** A model's digest as the key needs it, by model name. */
export type DigestModel = (name: string) => Promise<ModelDigest>;
