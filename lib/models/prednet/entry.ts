/**
 * PredNet as it was trained on KITTI, as the catalog lists it.
 * @module
 */
import { RunError } from "../../errors.ts";
import type { PredictiveModel } from "../model_entry.ts";
import { kittiStacks, sideMultiple } from "./architecture.ts";

/** Written by Keras with TensorFlow: its kernels are as they are used. */
export const prednetKitti: PredictiveModel = {
  declaration: {
    name: "prednet_kitti",
    stream: "prediction",
    layers: ["prediction", ...kittiStacks.map((_, level) => `error_${level}`)],
    sideMultiple: sideMultiple(kittiStacks.length),
    citation:
      "Lotter, W., Kreiman, G. & Cox, D. Deep predictive coding networks for video prediction and unsupervised " +
      "learning. International Conference on Learning Representations (2017). arXiv:1605.08104",
    weights: "prednet_kitti_weights.hdf5",
  },
  weights: {
    fileName: "prednet_kitti_weights.hdf5",
    otherNames: [],
    page: "https://github.com/coxlab/prednet",
    steps:
      "model_data_keras2.zip, which that project's download_models.sh fetches, has it in tensorflow_weights/",
    license: "MIT (William Lotter)",
  },
  async open(bytes, where, kernels) {
    const { readPrednetWeights } = await import("./weights.ts");
    const network = await readPrednetWeights(bytes, where, kernels);
    if (network.stacks.join() !== kittiStacks.join()) {
      throw new RunError(
        `${where}: a PredNet of ${network.stacks.join(", ")} channels by level, and prednet_kitti has ${
          kittiStacks.join(", ")
        }; name the file of another PredNet in the stage (weights: FILE)`,
      );
    }
    return network;
  },
};
