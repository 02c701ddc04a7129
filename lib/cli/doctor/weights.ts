/**
 * The weights of each model.
 * @module
 */
import { catalog } from "../../models/catalog.ts";
import type { ModelEntry } from "../../models/model_entry.ts";
import { inspectWeights } from "../../models/weights/weights_state.ts";
import { commandLine } from "../invocation.ts";
import { dataSize } from "../display/data_size.ts";
import type { Diagnosis, Examination } from "./diagnosis.ts";

/** One for each model of the catalog. */
export function weightsExaminations(folder: string): readonly Examination[] {
  return [...catalog.values()].map((entry) => {
    const { name } = entry.declaration;
    return {
      what: `model ${name}`,
      fix: commandLine(["models", "pull", name]),
      look: () => lookAt(entry, folder),
    };
  });
}

async function lookAt(entry: ModelEntry, folder: string): Promise<Omit<Diagnosis, "what">> {
  const pull = commandLine(["models", "pull", entry.declaration.name]);
  const weights = await inspectWeights(entry, folder, { opens: true });
  switch (weights.state) {
    case "embedded":
      return { state: "ok", found: "embedded, needs no weights" };
    case "official":
      return { state: "ok", found: weights.path };
    case "other":
      return {
        state: "warning",
        found: `${weights.path} is not the published file; it can be used, and results say so`,
        fix: `move it away, then ${pull}`,
      };
    case "missing":
      return {
        state: "warning",
        found: `its weights are not here${
          "weights" in entry ? ` (${dataSize(entry.weights.bytes)})` : ""
        }; run fetches them`,
        fix: pull,
      };
    case "damaged":
      return { state: "missing", found: weights.reason, fix: `remove ${weights.path}, then ${pull}` };
  }
}
