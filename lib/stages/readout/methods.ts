/**
 * A readout in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { foreignModelMethods } from "../foreign_model.ts";
import { listed } from "../method_phrases.ts";
import { videosListed } from "../video_list.ts";
import type { ReadoutSettings } from "./schema.ts";

/** Which model named which videos. */
export function readoutMethods({ scores }: ReadoutSettings, facts: Facts): Methods {
  const model = foreignModelMethods(facts);
  const videos = listed(videosListed(facts).map(({ name }) => name));
  const probabilities = scores === "logits" ? "the softmax of its last numbers" : "its own";
  return {
    made: `made by asking the model ${model.named} for the names of ${videos}`,
    details: [
      ...model.details,
      `Probabilities were ${probabilities}; a video's name is that of the largest mean probability.`,
    ],
    citations: model.cites,
  };
}
