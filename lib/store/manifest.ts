/**
 * `manifest.json`: what an instance is, what it was made from, by what and where. Written last; an instance with a manifest whose
 * checksums hold is finished. `schemas/manifest.schema.json` is written from this schema.
 * @module
 */
import { z } from "zod";
import { type CheckedContent, readChecked, writeChecked } from "./checked_json.ts";
import { methodsSchema } from "./citation.ts";
import { engineIdentitySchema, machineSchema, warningSchema } from "./events.ts";
import { specificationSchema } from "./specification.ts";

/** First frame and number of frames. */
const frameRange = z.tuple([z.int(), z.int()]);

const inputSchema = z.object({
  role: z.string(),
  name: z.string(),
  key: z.string(),
  frames: frameRange.optional(),
  height: z.int().optional(),
  width: z.int().optional(),
  fps: z.string().optional(),
  /** Path of the file that was decoded; with the next six absent when it is no video file. */
  file: z.string().optional(),
  sha256: z.string().optional(),
  /** Index in the file of its first frame, and every how many frames of the file one is. */
  start: z.int().optional(),
  step: z.int().optional(),
  /** How the file's numbers stand for colors; assumed where the file does not say it. */
  color: z.object({ matrix: z.string(), range: z.string(), assumed: z.boolean() }).optional(),
  license: z.string().optional(),
  source: z.string().optional(),
  /** The input's own deviations, so that this manifest tells all of its making; absent where it has none. */
  deviations: z.array(z.string()).optional(),
});

const modelSchema = z.object({
  /** Where the reference stands in the settings: `streams.spatial`. */
  role: z.string(),
  name: z.string(),
  sha256: z.string(),
  file: z.string().optional(),
  bytes: z.int().optional(),
  /** False when the file is not the published one. */
  official: z.boolean(),
  source: z.string().optional(),
});

const sessionSchema = machineSchema.extend({
  started: z.string(),
  ended: z.string(),
  /** Absent when nothing was computed by an engine. */
  engine: engineIdentitySchema.optional(),
  /** It made again what was there, because of `--force`. */
  forced: z.literal(true).optional(),
  /** First and last frame that this session finished. */
  frames: z.tuple([z.int(), z.int()]).optional(),
});

/** Over the output frames; the standard deviation with n - 1 in the denominator, 0 for one frame. */
const residualSchema = z.object({ mean: z.number(), sd: z.number() });

/** The state of the repository that a workflow's file is in. */
export const repositorySchema = z.object({
  commit: z.string(),
  /** True when the workflow's file is not as committed; null when that could not be asked of git. */
  dirty: z.boolean().nullable(),
});

/** The state of the repository that a workflow's file is in. */
export type Repository = z.infer<typeof repositorySchema>;

/** A registration, and how what was run departs from it. */
const registeredSchema = z.object({
  /** Of the frozen file, in hex. */
  hash: z.string(),
  /** What was changed since, with --allow-deviations, in sentences; empty for "as registered". */
  deviations: z.array(z.string()),
  /** Programs of other versions than at the registration, in sentences: they are no deviation. */
  versions: z.array(z.string()),
});

/** A registration, and how what was run departs from it. */
export interface Registered {
  /** Of the frozen file, in hex. */
  hash: string;
  /** What was changed since, in sentences; empty for "as registered". */
  deviations: string[];
  /** Programs of other versions than at the registration, in sentences. */
  versions: string[];
}

/** A manifest of version 1. */
export const manifestSchema = z.object({
  v: z.literal(1),
  key: z.string(),
  kind: z.string(),
  format: z.int(),
  stage: z.object({ name: z.string(), instance: z.string() }),
  /** With all defaults. */
  settings: z.json(),
  inputs: z.array(inputSchema),
  models: z.array(modelSchema),
  /** For decoded files: digests, color matrix and range as found or assumed, source frame rate. */
  source: z.json().optional(),
  /** Of the video, when the instance makes one. */
  video: z.object({
    frames: z.int(),
    height: z.int(),
    width: z.int(),
    fps: z.string(),
    /** Given when red, green and blue are the same everywhere. */
    color: z.literal("gray").optional(),
    /** How the values of the frames follow light; absent where they are coded by sRGB. */
    transfer: z.union([z.literal("linear"), z.object({ gamma: z.number() })]).optional(),
  }).optional(),
  outputs: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })),
  /** How far the result is from its targets, by term and layer: ||G - G'||^2 / ||G'||^2 after the last iteration. */
  residuals: z.record(z.string(), z.record(z.string(), residualSchema)).optional(),
  sessions: z.array(sessionSchema),
  software: z.object({
    metamer: z.string(),
    deno: z.string(),
    v8: z.string(),
    /** Absent where there is none: then nothing was decoded. */
    ffmpeg: z.string().optional(),
  }),
  /** Absent when the workflow is in no repository. */
  git: repositorySchema.optional(),
  /** Given when it was made by `run --frozen`. */
  frozen: registeredSchema.optional(),
  /** All that it takes to make it again; absent in manifests of earlier versions. */
  specification: specificationSchema.optional(),
  /** Where this instance departs from the paper or the authors' code. */
  deviations: z.array(z.string()),
  /** How it was made, for a methods section; absent where its kind says nothing, and in manifests of earlier versions. */
  methods: methodsSchema.optional(),
  /** What there was to warn of while it was made, each text once. */
  warnings: z.array(warningSchema).default([]),
  seconds: z.number(),
  iterations: z.int(),
});

/** What a manifest says. */
export type Manifest = z.infer<typeof manifestSchema>;

/** A manifest as it stands in its file. */
export const manifestFileSchema = z.object({
  /** Of all that stands beside it, as JSON without spaces, in this order; absent in manifests of earlier versions. */
  sha256: z.string().optional(),
  ...manifestSchema.shape,
});

/** The manifest, or undefined when there is none that can be read: then the instance is not finished. */
export async function readManifest(path: string): Promise<Manifest | undefined> {
  return (await findManifest(path))?.content;
}

/** The manifest, or what is wrong with it; undefined when there is none. */
export async function findManifest(path: string): Promise<CheckedContent<Manifest> | undefined> {
  return await readChecked(path, manifestSchema, { unsealed: "accepted" });
}

/** Writes the manifest: the instance is finished. Throws RunError when the disk is full or the folder cannot be written. */
export async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  await writeChecked(path, manifest);
}
