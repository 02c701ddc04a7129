/**
 * The model of motion that needs no weights, as the catalog lists it.
 * @module
 */
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
      "Two-frame motion energy, after Adelson, E. H. & Bergen, J. R. Spatiotemporal energy models for the " +
      "perception of motion. Journal of the Optical Society of America A 2, 284-299 (1985). " +
      "doi:10.1364/JOSAA.2.000284; pooled over the orientations of a velocity, after Simoncelli, E. P. & Heeger, " +
      "D. J. A model of neuronal responses in visual area MT. Vision Research 38, 743-761 (1998). " +
      "doi:10.1016/S0042-6989(97)00183-1 and Derpanis, K. G. & Wildes, R. P. Spacetime texture representation and " +
      "recognition based on a spatiotemporal orientation analysis. IEEE Transactions on Pattern Analysis and " +
      "Machine Intelligence 34, 1193-1205 (2012). doi:10.1109/TPAMI.2011.221; scales and normalization of " +
      "Tesfaldet, M., Brubaker, M. A. & Derpanis, K. G. Two-stream convolutional networks for dynamic texture " +
      "synthesis. IEEE/CVF Conference on Computer Vision and Pattern Recognition, 6703-6712 (2018). " +
      "doi:10.1109/CVPR.2018.00701",
  },
  version: 1,
  open: async () => {
    const { createMotionEnergy } = await import("./network.ts");
    return createMotionEnergy(motionEnergy.declaration);
  },
};
