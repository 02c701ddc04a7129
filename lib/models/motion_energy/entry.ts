/**
 * The model of motion that needs no weights, as the catalog lists it.
 * @module
 */
import { inFull } from "../../store/citation.ts";
import { adelson1985, derpanis2012, simoncelli1998, tesfaldet2018 } from "../bibliography.ts";
import type { AnalyticModel } from "../model_entry.ts";

export const motionEnergy: AnalyticModel = {
  declaration: {
    name: "motion_energy",
    stream: "temporal",
    frames: 2,
    layers: ["oriented", "concat"],
    defaultTextureLayers: ["concat"],
    defaultContentLayers: ["concat"],
    smallestSide: 1,
    citation:
      `Two-frame motion energy, after ${
        inFull(adelson1985)
      }; pooled over the orientations of a velocity, after ` +
      `${inFull(simoncelli1998)} and ${inFull(derpanis2012)}; scales and normalization of ${
        inFull(tesfaldet2018)
      }`,
    cites: [adelson1985, simoncelli1998, derpanis2012, tesfaldet2018],
  },
  version: 1,
  open: async () => {
    const { createMotionEnergy } = await import("./network.ts");
    return createMotionEnergy(motionEnergy.declaration);
  },
};
