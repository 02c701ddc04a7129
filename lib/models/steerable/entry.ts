/**
 * The embedded spatial model as the catalog lists it: filters alone, so that it needs no weights.
 * @module
 */
import { inFull } from "../../store/citation.ts";
import { portilla2000 } from "../bibliography.ts";
import type { AnalyticModel } from "../model_entry.ts";

const layers = ["high_pass", "level_0", "level_1", "level_2", "level_3", "level_4"] as const;

export const steerable: AnalyticModel = {
  declaration: {
    name: "steerable",
    stream: "spatial",
    frames: 1,
    layers,
    defaultTextureLayers: layers,
    defaultContentLayers: ["level_1"],
    smallestSide: 16,
    // Where an eighth and a sixteenth of the side are no longer 12 pixels (pyramid.ts).
    repeatsBelow: { level_3: 96, level_4: 192 },
    citation: "Oriented filters in quadrature, their magnitudes and thresholded intensities, after " +
      inFull(portilla2000),
    cites: [portilla2000],
  },
  version: 1,
  open: async () => {
    const { createSteerable } = await import("./network.ts");
    return createSteerable(steerable.declaration);
  },
};
