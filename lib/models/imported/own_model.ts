/**
 * Models of the user's own by their files: what planning has to know of them, and opening them.
 * @module
 */
import { z } from "zod";
import { RunError } from "../../errors.ts";
import type { ModelDigest, StreamModel } from "../stream_model.ts";
import {
  declareImported,
  digestOfModel,
  type ImportedDeclaration,
  lookAtModel,
  readImported,
  statedOf,
  streamOfImported,
} from "./open_model.ts";

/** How files are looked at: digests and what was found out before may be remembered. */
export interface LookAtFiles {
  sha256(path: string): Promise<string>;
  /** What was found out before about a model of this digest, else what `find` finds out. */
  recall?(what: string, digest: string, find: () => Promise<unknown>): Promise<unknown>;
}

/** What the graph decides; what the JSON says of itself is read each time. */
const remembered = z.object({
  layers: z.array(z.string()),
  distinctLayers: z.array(z.string()).exactOptional(),
  defaultTextureLayers: z.array(z.string()),
  defaultContentLayers: z.array(z.string()),
  stream: z.enum(["spatial", "temporal"]),
  frames: z.int(),
  stride: z.int().exactOptional(),
  smallestSide: z.int(),
  firstPooledLayer: z.string().exactOptional(),
  unusable: z.object({ layers: z.array(z.string()), ops: z.string() }).exactOptional(),
});

/**
 * What is known of a model before it is opened. The graph is built for it on frames of some sizes, once for each content.
 * Throws a RunError that says what is wrong with which file.
 */
export async function describeOwnModel(
  name: string,
  path: string,
  { sha256, recall }: LookAtFiles,
): Promise<ImportedDeclaration> {
  const found = await lookAtModel(path, sha256);
  const find = async () => declareImported(name, found, await readImported(found));
  if (recall === undefined) return await find();
  const known = remembered.safeParse(await recall("imported model 2", digestOfModel(found), find));
  // A memory that somebody has changed.
  return known.success ? { ...known.data, ...statedOf(found), name } : await find();
}

/** Which bytes a model is read from. Throws a RunError as `describeOwnModel` does. */
export async function digestOwnModel(path: string, { sha256 }: LookAtFiles): Promise<ModelDigest> {
  const found = await lookAtModel(path, sha256);
  return { sha256: digestOfModel(found), file: path, isOwn: true, official: true };
}

/**
 * Opens a model.
 * @param planned the digest that is meant, where it is known
 * Throws a RunError when it is another one, or what is wrong with which file.
 */
export async function openOwnModel(
  name: string,
  path: string,
  { sha256 }: LookAtFiles,
  planned?: string,
): Promise<StreamModel> {
  const found = await lookAtModel(path, sha256);
  if (planned !== undefined && digestOfModel(found) !== planned) {
    throw new RunError(`${path} changed since the run was planned; run again`);
  }
  const imported = await readImported(found);
  return streamOfImported(declareImported(name, found, imported), found, imported);
}
