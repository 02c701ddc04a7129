/**
 * The weights of each model.
 * @module
 */
import { namedModels } from "../../models/catalog.ts";
import type { NamedModel } from "../../models/model_entry.ts";
import { inspectWeights } from "../../models/weights/weights_state.ts";
import { isFetched } from "../../models/weights/published_weights.ts";
import { commandLine } from "../invocation.ts";
import { dataSize } from "../display/data_size.ts";
import type { Diagnosis, Examination } from "./diagnosis.ts";

/** One for each model that has a name. */
export function weightsExaminations(folder: string): readonly Examination[] {
  return [...namedModels.values()].map((entry) => {
    const { name } = entry.declaration;
    return {
      what: `model ${name}`,
      fix: commandLine(["models", "pull", name]),
      look: () => lookAt(entry, folder),
    };
  });
}

async function lookAt(entry: NamedModel, folder: string): Promise<Omit<Diagnosis, "what">> {
  const pull = commandLine(["models", "pull", entry.declaration.name]);
  const weights = await inspectWeights(entry, folder, { opens: true });
  switch (weights.state) {
    case "embedded":
      return { state: "ok", found: "embedded, needs no weights" };
    case "official":
    case "checked":
      return { state: "ok", found: weights.path };
    case "other":
      return {
        state: "warning",
        found: `${weights.path} is not the published file; it can be used, and results say so`,
        fix: `move it away, then ${pull}`,
      };
    case "missing":
      return { ...missing(entry), ...(isFetchedFor(entry) && { fix: pull }) };
    case "damaged":
      return { state: "missing", found: weights.reason, fix: `remove ${weights.path}, then ${pull}` };
  }
}

/** Weights that nobody can fetch from here are needed by few. */
function missing(entry: NamedModel): Pick<Diagnosis, "state" | "found"> {
  if (!("weights" in entry) || !isFetched(entry.weights)) {
    const page = "weights" in entry ? `; ${entry.weights.page} has them` : "";
    return { state: "ok", found: `its weights are not here${page}` };
  }
  return {
    state: "warning",
    found: `its weights are not here (${dataSize(entry.weights.bytes)}); run fetches them`,
  };
}

function isFetchedFor(entry: NamedModel): boolean {
  return "weights" in entry && isFetched(entry.weights);
}
