/**
 * The kind `readout`: what a classifier calls videos.
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import {
  checkLengths,
  foreignModelDeviations,
  foreignModelFacts,
  keyedModel,
  keyedVideos,
  wholeWork,
} from "../foreign_model.ts";
import { videoReferences } from "../video_list.ts";
import { readoutMethods } from "./methods.ts";
import { readoutSchema, type ReadoutSettings } from "./schema.ts";

/** The layer that holds the classes, as it is called here. */
export const classes = "classes";

/** Names and probabilities of each frame and video, and whether the others get the first one's name. */
export const readoutKind: StageKind<ReadoutSettings> = {
  name: "readout",
  summary:
    "Asks a classifier for the likeliest names of videos, and tells whether the others get the name of the first.",
  format: 2,
  artifact: "table",
  schema: readoutSchema,
  models: ["model"],
  references: videoReferences,
  write: (settings) => settings,
  async inspect({ model, layer }, folder, report, digest, recall) {
    const { inspectForeignModel } = await import("../inspect_foreign_model.ts");
    const wanted = { model, layers: { [classes]: layer ?? "" }, classifier: classes };
    return await inspectForeignModel(
      wanted,
      {
        folder,
        report: (path, problem) => report(path[0] === "layers" ? ["layer"] : path, problem),
        digest,
        recall,
      },
    );
  },
  check: (_settings, facts, report) => checkLengths(facts, 0, report),
  makes: () => ({ made: "table" }),
  keyed: ({ scores, top }, facts) => ({
    model: keyedModel(facts),
    tensor: foreignModelFacts(facts).layers[classes] ?? null,
    scores,
    top,
    videos: keyedVideos(facts),
  }),
  work: (_settings, facts) => wholeWork(facts),
  deviations: (_settings, facts) => foreignModelDeviations(facts),
  methods: readoutMethods,
  async load() {
    const { runReadout } = await import("./run.ts");
    return runReadout;
  },
};
