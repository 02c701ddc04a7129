/**
 * A warp in the words of a methods section.
 * @module
 */
import { stepsTaken } from "../../controls/warp_field.ts";
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { keys1981, stojanoski2014 } from "../bibliography.ts";
import { citing, counted } from "../method_phrases.ts";
import { nameOfTaken, sameVideo } from "../one_video.ts";
import type { DiffeomorphicSettings } from "./schema.ts";

/** What the warp was, and how frames were sampled under it. */
export function diffeomorphicMethods(settings: DiffeomorphicSettings, facts: Facts): Methods {
  const { amount, components, seed } = settings;
  const steps = stepsTaken(settings, sameVideo(settings, facts));
  return {
    made: `made from ${nameOfTaken(settings, facts)} by one smooth warp of all its frames${
      citing([stojanoski2014])
    }`,
    details: [
      `The warp followed a field of waves of up to ${counted(components, "cycle")} per frame with random ` +
      `amplitudes and phases (seed ${seed}), whose root mean square across and down was ${amount} frame heights, ` +
      `in ${counted(steps, "step")}, so that nothing folds.`,
      `Frames were sampled by cubic convolution${citing([keys1981])}.`,
    ],
    citations: [stojanoski2014, keys1981],
  };
}
