/**
 * Looking at a file of a PredNet's weights before anything is planned.
 * @module
 */
import { basename, resolve } from "node:path";
import { z } from "zod";
import { RunError } from "../errors.ts";
import type { DigestFile, Inspected, Recall, ReportProblem } from "../plan/stage_kind.ts";
import { isSystemError, systemReason } from "../store/presence.ts";
import type { PrednetDetails } from "./predictor_settings.ts";

const lookSchema = z.union([
  z.object({ stacks: z.array(z.int()) }),
  z.object({ wrong: z.string() }),
]);

/**
 * The file's checksum and what network it is of. The file is read when nothing is known of its bytes; reports a file that is not
 * there, and by name what is wrong with it.
 */
export async function inspectPredictor(
  weights: string,
  folder: string,
  report: ReportProblem,
  digest: DigestFile,
  recall: Recall,
): Promise<Inspected | undefined> {
  const path = resolve(folder, weights);
  let sha256: string;
  try {
    if (!(await Deno.stat(path)).isFile) throw new RunError("it is no file");
    sha256 = await digest(path);
  } catch (error) {
    if (!(error instanceof RunError || isSystemError(error))) throw error;
    const detail = error instanceof RunError ? error.message : systemReason(error);
    report(["weights"], { code: "file_unreadable", file: weights, detail });
    return undefined;
  }
  const look = lookSchema.parse(await recall("prednet 1", sha256, () => lookAt(path)));
  if ("wrong" in look) {
    report(["weights"], { code: "unusable_weights", file: weights, detail: look.wrong });
    return undefined;
  }
  const details: PrednetDetails = { kind: "prednet", stacks: look.stacks };
  return { digests: { weights: sha256 }, details };
}

async function lookAt(path: string): Promise<z.infer<typeof lookSchema>> {
  const { readPrednetWeights } = await import("../models/prednet/weights.ts");
  try {
    const { stacks } = await readPrednetWeights(await Deno.readFile(path), basename(path));
    return { stacks: [...stacks] };
  } catch (error) {
    if (error instanceof RunError) return { wrong: error.message };
    throw error;
  }
}
