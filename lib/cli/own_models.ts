/**
 * Models of the user's own, as workflows name them.
 * @module
 */
import { resolve } from "node:path";
import { RunError } from "../errors.ts";
import type { DigestFile, ModelFacts, Recall } from "../plan/stage_kind.ts";
import { isSystemError, systemReason } from "../store/presence.ts";
import type { Workflow } from "../workflow/load.ts";
import type { ProblemFact } from "../workflow/problems.ts";

/** Looks at the files of a model; what was found out about a content is remembered. The importer is loaded when there is one. */
export function modelInspector(digest: DigestFile, recall: Recall) {
  return async (
    { name, file }: { readonly name: string; readonly file: string },
    folder: string,
  ): Promise<ModelFacts | ProblemFact> => {
    const path = resolve(folder, file);
    try {
      await Deno.stat(path);
      const { describeOwnModel } = await import("../models/imported/own_model.ts");
      const { citation, weights: _file, firstPooledLayer: _layer, ...known } = await describeOwnModel(
        name,
        path,
        { sha256: digest, recall },
      );
      const facts = known.cites.length === 0 && citation !== "" ? { ...known, citation } : known;
      return facts.layers.length > 0 ? facts : { code: "model_unusable", file, detail: withoutLayers(facts) };
    } catch (error) {
      if (error instanceof RunError) return { code: "model_unusable", file, detail: error.message };
      if (error instanceof Deno.errors.NotFound) return { code: "file_missing", file, path, known: [] };
      if (isSystemError(error)) return { code: "file_unreadable", file, detail: systemReason(error) };
      throw error;
    }
  };
}

function withoutLayers({ unusable }: ModelFacts): string {
  const ops = unusable?.ops ?? "";
  return ops === "" ? "none of its tensors can be computed from frames" : `unsupported ops: ${ops}`;
}

/** The files of a workflow's own models by name, as paths. */
export function ownModelFiles(
  { models, folder }: Pick<Workflow<unknown>, "models" | "folder">,
): Readonly<Record<string, string>> {
  return Object.fromEntries(models.map(({ name, file }) => [name, resolve(folder, file)]));
}
