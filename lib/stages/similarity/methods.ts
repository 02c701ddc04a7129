/**
 * A similarity in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { kornblith2019, song2012 } from "../bibliography.ts";
import { foreignModelMethods, upToTheShortest } from "../foreign_model.ts";
import { citing, counted, listed } from "../method_phrases.ts";
import { extentOf } from "./extent.ts";
import type { SimilaritySettings } from "./schema.ts";

/** Whose activity was compared with whose, and what its samples were. */
export function similarityMethods(settings: SimilaritySettings, facts: Facts): Methods {
  const model = foreignModelMethods(facts);
  const { reference, others, joined } = extentOf(settings, facts);
  const layers = Object.keys(settings.layers);
  return {
    made: `made by comparing the activity of the model ${model.named} to ${
      listed(others.map(({ name }) => name))
    } with that to ${reference?.name}, in the ${layers.length === 1 ? "layer" : "layers"} ${
      listed(layers)
    }, by linear centered kernel alignment${citing([kornblith2019])}`,
    details: [
      ...model.details,
      `Samples were ${sampleWords[settings.samples]}${
        joined > 1 ? `, of ${counted(joined, "successive frame")} together` : ""
      }.`,
      ...upToTheShortest(facts),
      `The debiased value beside it, of four samples or more, rests on an unbiased estimate of dependence${
        citing([song2012])
      }.`,
    ],
    citations: [...model.cites, kornblith2019, song2012],
  };
}

const sampleWords = {
  locations: "the places of a layer",
  channels: "the channels of a layer",
  frames: "frames",
} as const satisfies Record<SimilaritySettings["samples"], string>;
