/**
 * A small spatial model of filters alone, which needs no weights, as the catalog lists it.
 * @module
 */
import type { AnalyticModel } from "../model_entry.ts";

export const gabor: AnalyticModel = {
  declaration: {
    name: "gabor",
    stream: "spatial",
    frames: 1,
    layers: ["fine", "middle", "coarse", "coarsest"],
    defaultTextureLayers: ["fine", "middle", "coarse", "coarsest"],
    defaultContentLayers: ["middle"],
    smallestSide: 16,
    citation: "Quadrature Gabor filters and their amplitudes, after Portilla, J. & Simoncelli, E. P. " +
      "A parametric texture model based on joint statistics of complex wavelet coefficients. " +
      "International Journal of Computer Vision 40, 49-70 (2000). doi:10.1023/A:1026553619983",
  },
  version: 1,
  open: async () => {
    const { createGabor } = await import("./network.ts");
    return createGabor(gabor.declaration);
  },
};
