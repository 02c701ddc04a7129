/**
 * Written activations in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { foreignModelMethods } from "../foreign_model.ts";
import { listed } from "../method_phrases.ts";
import { videosListed } from "../video_list.ts";
import type { ActivationsSettings } from "./schema.ts";

/** Whose activity to what was written. */
export function activationsMethods({ layers }: ActivationsSettings, facts: Facts): Methods {
  const model = foreignModelMethods(facts);
  const names = Object.keys(layers);
  return {
    made: `made by writing the activity of the ${names.length === 1 ? "layer" : "layers"} ${
      listed(names)
    } of the model ${model.named} to ${listed(videosListed(facts).map(({ name }) => name))}`,
    details: model.details,
    citations: model.cites,
  };
}
