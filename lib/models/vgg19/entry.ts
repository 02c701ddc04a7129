/**
 * VGG-19 as the catalog lists it.
 * @module
 */
import { inFull } from "../../store/citation.ts";
import { simonyan2015 } from "../bibliography.ts";
import type { WeightedModel } from "../model_entry.ts";
import { convolutionNames } from "./architecture.ts";

export const vgg19: WeightedModel = {
  declaration: {
    name: "vgg19",
    stream: "spatial",
    frames: 1,
    layers: convolutionNames,
    defaultTextureLayers: ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"],
    defaultContentLayers: ["conv5_2"],
    smallestSide: 16,
    // conv1_2 has too few channels for Winograd to pay: the first pooled maxima that it rounds are those of conv2_2.
    firstPooledLayer: "conv3_1",
    citation: inFull(simonyan2015),
    cites: [simonyan2015],
    weights: "vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5",
  },
  weights: {
    fileName: "vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5",
    otherNames: ["vgg19_notop.h5"],
    url: "https://storage.googleapis.com/tensorflow/keras-applications/vgg19/" +
      "vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5",
    page: "https://keras.io/api/applications/vgg/",
    bytes: 80_134_624,
    checksum: { algorithm: "md5", hex: "253f8cb515780f3b799900260a226db6" },
    license: "CC BY 4.0 (Visual Geometry Group, Oxford)",
  },
  open: async (bytes, where) => {
    const [{ readKerasWeights }, { createVgg19 }] = await Promise.all([
      import("./keras_weights.ts"),
      import("./network.ts"),
    ]);
    return createVgg19(vgg19.declaration, await readKerasWeights(bytes, where));
  },
  standIn: async () => {
    const { standInVgg19 } = await import("./stand_in.ts");
    return standInVgg19(vgg19.declaration);
  },
};
