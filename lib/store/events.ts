/**
 * Everything that a run can report, as records of `events.jsonl` and of `--json`.
 * `schemas/event.schema.json` is written from these schemas. Readers ignore types that they do not know.
 * @module
 */
import { z } from "zod";
import { lockHolderSchema } from "./lock_text.ts";

const losses = z.record(z.string(), z.number());

/** ||G - G'||^2 / ||G'||^2 by term and layer; 0 is a perfect match. */
const residuals = z.record(z.string(), z.record(z.string(), z.number()));

/** What computed a frame, as engines state it. */
export const engineIdentitySchema = z.object({
  name: z.string(),
  version: z.string(),
  provider: z.string(),
  device: z.string(),
  precision: z.enum(["float32", "float16", "float64"]),
  threads: z.int(),
  /** Records that do not say it are older than the choice. */
  convolution: z.enum(["direct", "winograd", "provider"]).default("direct"),
  /** This program's, a number that is raised when bits change; records that do not say it are of the first. */
  arithmetic: z.int().default(1),
});

/** An engine's identity as it is recorded. */
export type EngineIdentityRecord = z.infer<typeof engineIdentitySchema>;

const machine = { host: z.string(), os: z.string(), cpu: z.string() };

/** The machine that an instance runs on. */
export const machineSchema = z.object(machine);
export type Machine = z.infer<typeof machineSchema>;

const octaveEnd = {
  /** 0 is full size. */
  octave: z.int(),
  /** That were done. */
  iterations: z.int(),
  /** The schedule's. */
  of: z.int(),
  /** "iterations": all were done; else the rule of `stop` that ended the octave. */
  ended: z.enum(["iterations", "residual", "plateau"]),
};

/** An octave of a finished frame. */
export const octaveRecordSchema = z.object(octaveEnd);

/** How an octave of a finished frame ended. */
export type OctaveRecord = z.infer<typeof octaveRecordSchema>;

const warning = { code: z.string(), text: z.string(), where: z.string().optional() };

/** Something that a user should know of, but that does not stop the work. */
export const warningSchema = z.object(warning);
export type Warning = z.infer<typeof warningSchema>;

/** From 2 on: how often the schedule has come to this octave of this frame. */
const visit = z.int().optional();

/** What a stage itself reports, without the fields that the runner adds. */
export const stageEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("octave.started"),
    frame: z.int(),
    octave: z.int(),
    visit,
    height: z.int(),
    width: z.int(),
    start_losses: losses,
    multipliers: losses,
  }),
  z.object({
    type: z.literal("iteration"),
    frame: z.int(),
    octave: z.int(),
    visit,
    iteration: z.int(),
    iterations: z.int(),
    losses,
    /** Absent when it is not finite. */
    gradient_std: z.number().optional(),
    seconds: z.number(),
    /** Until the instance is finished; added by the runner. */
    eta_seconds: z.number().optional(),
    /** Until the run is finished, where other instances come after this one; added by the runner. */
    run_eta_seconds: z.number().optional(),
  }),
  z.object({ type: z.literal("octave.finished"), frame: z.int(), ...octaveEnd }),
  z.object({
    type: z.literal("frame.resumed"),
    frame: z.int(),
    octave: z.int(),
    /** How many of the octave are done. */
    iteration: z.int(),
  }),
  z.object({
    type: z.literal("frame.finished"),
    frame: z.int(),
    of: z.int(),
    seconds: z.number(),
    /** Of the frame's file; added by the runner, as the next. */
    sha256: z.string().optional(),
    eta_seconds: z.number().optional(),
    run_eta_seconds: z.number().optional(),
    residuals: residuals.optional(),
  }),
  z.object({
    type: z.literal("preparing"),
    /** What is done before the first frame, or between frames, in words: "measuring frames". */
    text: z.string(),
    done: z.int(),
    of: z.int(),
  }),
  z.object({ type: z.literal("warning"), ...warning }),
]);

/** An event as a stage emits it. */
export type StageEvent = z.infer<typeof stageEventSchema>;

const reason = z.record(z.string(), z.unknown());

/** What the runner reports. */
export const runnerEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("checkpoint.saved"),
    frame: z.int(),
    /** Absent, as the next, where frames are not made in octaves. */
    octave: z.int().optional(),
    /** How many of the octave are done. */
    iteration: z.int().optional(),
    bytes: z.int(),
    seconds: z.number(),
  }),
  z.object({
    type: z.literal("run.started"),
    command: z.array(z.string()),
    version: z.string(),
    pid: z.int(),
    host: z.string(),
    /** Hash of the frozen file, when it is run with --frozen. */
    frozen: z.string().optional(),
  }),
  z.object({
    type: z.literal("instance.planned"),
    status: z.enum(["cached", "resume", "run"]),
    reasons: z.array(reason),
  }),
  z.object({
    type: z.literal("instance.waiting"),
    /** Absent when the lock's text cannot be read. */
    held_by: lockHolderSchema.optional(),
  }),
  z.object({
    type: z.literal("instance.started"),
    ...machine,
    /** It was there, and is made again because of `--force`. */
    forced: z.literal(true).optional(),
  }),
  z.object({ type: z.literal("engine.opened"), engine: engineIdentitySchema }),
  z.object({
    type: z.literal("download"),
    file: z.string(),
    bytes: z.int(),
    of: z.int(),
  }),
  z.object({
    type: z.literal("damaged"),
    path: z.string(),
    expected: z.string(),
    found: z.string(),
    action: z.string(),
  }),
  z.object({ type: z.literal("engine.changed"), from: z.string(), to: z.string(), frame: z.int() }),
  z.object({
    type: z.literal("instance.finished"),
    seconds: z.number(),
    /** Means over the frames. */
    residuals: residuals.optional(),
  }),
  z.object({
    type: z.literal("instance.remade"),
    /** Files that were there before and are now. */
    compared: z.int(),
    /** How many of them have other bytes now. */
    different: z.int(),
    /** The first of those. */
    first_different: z.string().optional(),
  }),
  z.object({
    type: z.literal("instance.ready"),
    /** Its playable files, whether they were made now or before. */
    videos: z.array(z.string()),
    /** Means over the frames. */
    residuals: residuals.optional(),
  }),
  z.object({ type: z.literal("instance.failed"), code: z.int(), text: z.string() }),
  z.object({ type: z.literal("video.encoded"), path: z.string(), frames: z.int() }),
  z.object({ type: z.literal("contact_sheet.made"), path: z.string() }),
  z.object({ type: z.literal("report.made"), path: z.string() }),
  z.object({ type: z.literal("run.interrupted"), signal: z.string() }),
  z.object({
    type: z.literal("run.finished"),
    code: z.int(),
    seconds: z.number(),
    /** The longest that signals and the display had to wait for the program's main thread. */
    longest_pause_ms: z.number(),
  }),
]);

/** What every event carries besides its own fields. */
export const eventEnvelopeSchema = z.object({
  v: z.literal(1),
  /** ISO 8601, UTC, milliseconds. */
  at: z.string(),
  /** ULID of the run. */
  run: z.string(),
  stage: z.string().optional(),
  instance: z.string().optional(),
  key: z.string().optional(),
});

/** Any event, without its envelope. */
export const eventBodySchema = z.union([stageEventSchema, runnerEventSchema]);

/** Any event, without its envelope. */
export type EventBody = z.infer<typeof eventBodySchema>;

/** One line of `events.jsonl`. */
export const runEventSchema = eventEnvelopeSchema.and(eventBodySchema);

/**
 * One line of `events.jsonl`. `schemas/event.schema.json` documents all of its fields.
 * @internal
 */
export type RunEvent = z.infer<typeof runEventSchema>;

/** What these events warn of, each text once. */
export function warningsIn(events: readonly RunEvent[]): Warning[] {
  const warnings = events.flatMap((event) => event.type === "warning" ? [warningSchema.parse(event)] : []);
  return [...Map.groupBy(warnings, ({ text }) => text).values()].flatMap(([first]) => first ?? []);
}
