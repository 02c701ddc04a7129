/**
 * Representational dissimilarities in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { kriegeskorte2008 } from "../bibliography.ts";
import { foreignModelMethods, upToTheShortest } from "../foreign_model.ts";
import { citing, listed } from "../method_phrases.ts";
import { videosListed } from "../video_list.ts";
import type { RdmSettings } from "./schema.ts";

/** Whose geometry is told, and by which distance. */
export function rdmMethods({ layers, distance, step }: RdmSettings, facts: Facts): Methods {
  const model = foreignModelMethods(facts);
  const all = videosListed(facts);
  const videos = listed(all.map(({ name }) => name));
  const names = Object.keys(layers);
  const apart = distance === "correlation" ? "1 - Pearson's correlation" : "Euclidean distance";
  return {
    made: `made by representational similarity analysis${citing([kriegeskorte2008])} of ${videos} in the ${
      names.length === 1 ? "layer" : "layers"
    } ${listed(names)} of the model ${model.named}`,
    details: [
      ...model.details,
      `The dissimilarity of two frames${
        step > 1 ? ` (of every ${step} frames one)` : ""
      } was ${apart} of the ` +
      `activity${
        all.length > 1 ? "; the geometries of two videos were compared by Spearman's rank correlation" : ""
      }.`,
      ...upToTheShortest(facts),
    ],
    citations: [...model.cites, kriegeskorte2008],
  };
}
