/**
 * A weights file on this machine: where it lies and whether it is the published one.
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { RunError } from "../../errors.ts";
import { readTextIfThere } from "../../store/presence.ts";
import type { ModelDigest } from "../stream_model.ts";
import { isFetched, type KnownWeights, type PublishedWeights } from "./published_weights.ts";

/** The path of a model's weights in a folder under any of their names, or undefined when they are not there. */
export async function findWeights(weights: KnownWeights, folder: string): Promise<string | undefined> {
  for (const name of [weights.fileName, ...weights.otherNames]) {
    const path = join(folder, name);
    if (await exists(path)) return path;
  }
  return undefined;
}

/**
 * Which bytes a weights file holds. A file that a person put there need not be the published one: `official` tells.
 * Throws a RunError for a folder or a device, and where the user's own checksum beside the file is that of other bytes.
 * @param sha256 the digest of a file, possibly remembered
 */
export async function describeWeights(
  weights: KnownWeights,
  path: string,
  sha256: (path: string) => Promise<string>,
): Promise<ModelDigest> {
  const { size, isFile } = await Deno.stat(path);
  // A pipe would never end.
  if (!isFile) throw new RunError("it is no file");
  const digest = await sha256(path);
  const found = { sha256: digest, file: path, bytes: size };
  if (!isFetched(weights)) {
    return { ...found, official: false, ...(await isTheUsers(path, digest) && { checked: true }) };
  }
  // The published length is compared first, so that another file is not read once more for the other checksum.
  const official = size === weights.bytes && await checksum(weights, path, digest) === weights.checksum.hex;
  return { ...found, official, ...(official && { source: weights.url }) };
}

/**
 * A sentence for the user when the weights of a model are not the published ones and no checksum of the user's vouches for them.
 * @param weights of the model, where they are known
 */
export function unofficialWarning(
  model: string,
  digest: ModelDigest,
  weights?: KnownWeights,
): string | undefined {
  if (digest.official || digest.checked || digest.file === undefined) return undefined;
  if (weights !== undefined && !isFetched(weights)) {
    return `no checksum of the weights of ${model} is published; ${digest.file} (sha256 ${digest.sha256}) is used and ` +
      `recorded as not official. To have it compared, keep its checksum in ${checksumPath(digest.file)}`;
  }
  return `${digest.file} is not the published weights file of ${model} (its checksum differs); ` +
    `it is used and recorded as not official`;
}

/** Where the user may keep the checksum of weights of which none is published. */
export function checksumPath(path: string): string {
  return `${path}.sha256`;
}

/** False where the user keeps no checksum of the file; throws a RunError where it is that of other bytes. */
async function isTheUsers(path: string, digest: string): Promise<boolean> {
  const kept = await readTextIfThere(checksumPath(path));
  if (kept === undefined) return false;
  const [wanted = ""] = kept.trim().split(/\s/);
  if (wanted.toLowerCase() === digest) return true;
  throw new RunError(
    `its sha256 is ${digest}, but ${checksumPath(path)} says ${wanted || "nothing"} ` +
      "(correct that file, if it is the wrong one)",
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    const absent = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
    if (absent) return false;
    throw error;
  }
}

async function checksum({ checksum }: PublishedWeights, path: string, sha256: string): Promise<string> {
  if (checksum.algorithm === "sha256") return sha256;
  return createHash(checksum.algorithm).update(await Deno.readFile(path)).digest("hex");
}
