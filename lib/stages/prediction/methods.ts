/**
 * An analysis of predictions in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { lotter2017, wang2004 } from "../bibliography.ts";
import { citing, listed } from "../method_phrases.ts";
import { predictorSentence } from "../predictor_settings.ts";
import { ssimFormWords } from "../ssim_form_words.ts";
import { videosListed } from "../video_list.ts";
import type { PredictionSettings } from "./schema.ts";

/** By what frames were predicted, and how predictions were judged. */
export function predictionMethods(settings: PredictionSettings, facts: Facts): Methods {
  const videos = listed(videosListed(facts).map(({ name }) => name));
  return {
    made:
      `made by predicting the frames of ${videos} by a network and comparing them with what was predicted`,
    details: [
      predictorSentence(settings),
      `Predictions were compared with frames by structural similarity (SSIM)${citing([wang2004])}, with ` +
      `${
        ssimFormWords[settings.ssim]
      }; the corrected value is (1 - SSIM of the frame before and the prediction) ` +
      "x SSIM of the frame and the prediction.",
    ],
    citations: [lotter2017, wang2004],
  };
}
