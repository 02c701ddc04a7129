/**
 * Whether a model's weights are on this machine, and whether they are what they should be.
 * @module
 */
import { basename } from "node:path";
import { RunError } from "../../errors.ts";
import { sha256OfFile } from "../../store/checksum.ts";
import { isSystemError, systemReason } from "../../store/presence.ts";
import type { NamedModel } from "../model_entry.ts";
import { describeWeights, findWeights } from "./weights_file.ts";

/** What is known of a model's weights. */
export type WeightsState =
  /** The model is computed, not learned: it needs no file. */
  | { readonly state: "embedded" }
  | { readonly state: "missing" }
  /**
   * official: the published file. checked: none is published, and the file is the one whose checksum the user keeps. other:
   * another one. All but the first are used and recorded as not official.
   */
  | {
    readonly state: "official" | "checked" | "other";
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
  }
  /** The file cannot be read, or holds no weights of this model. */
  | { readonly state: "damaged"; readonly path: string; readonly reason: string };

/**
 * Looks at the weights of a model, always at their bytes.
 * @param opens also reads the model out of them, which alone shows whether another file than the published one can be used
 */
export async function inspectWeights(
  entry: NamedModel,
  folder: string,
  { opens }: { readonly opens: boolean },
): Promise<WeightsState> {
  if (!("weights" in entry)) return { state: "embedded" };
  const path = await findWeights(entry.weights, folder);
  if (path === undefined) return { state: "missing" };
  try {
    const { official, checked, sha256, bytes = 0 } = await describeWeights(entry.weights, path, sha256OfFile);
    if (opens) await openFrom(path, entry);
    return { state: official ? "official" : checked ? "checked" : "other", path, bytes, sha256 };
  } catch (error) {
    if (error instanceof RunError) return { state: "damaged", path, reason: error.message };
    if (!isSystemError(error)) throw error;
    return { state: "damaged", path, reason: `it cannot be read: ${systemReason(error)}` };
  }
}

async function openFrom(path: string, entry: Extract<NamedModel, { weights: unknown }>): Promise<void> {
  await entry.open(await Deno.readFile(path), basename(path));
}
