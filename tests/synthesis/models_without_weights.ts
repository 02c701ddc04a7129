/**
 * The models of the catalog that are computed, not learned: they are on every machine.
 */
import { catalog } from "../../lib/models/catalog.ts";
import { createModelLibrary } from "../../lib/models/model_library.ts";
import type { Stream } from "../../lib/models/stream_model.ts";

/** What is known of them, in the catalog's order. */
export const modelsWithoutWeights = Array.from(catalog.values())
  .filter((entry) => !("weights" in entry))
  .map(({ declaration }) => declaration);

/** Opens them. */
export const analyticModels = createModelLibrary({ weightsFolder: "", offline: true });

/** The first of each stream. */
export const analyticStreams = { spatial: nameOf("spatial"), temporal: nameOf("temporal") } as const;

function nameOf(stream: Stream): string {
  const found = modelsWithoutWeights.find((model) => model.stream === stream);
  if (found === undefined) throw new Error(`no ${stream} model without weights`);
  return found.name;
}
