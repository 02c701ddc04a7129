/**
 * The two-frame model of motion as the catalog lists it.
 * @module
 */
import { inFull } from "../../store/citation.ts";
import { tesfaldet2018 } from "../bibliography.ts";
import type { WeightedModel } from "../model_entry.ts";

export const msoe: WeightedModel = {
  declaration: {
    name: "msoe",
    stream: "temporal",
    frames: 2,
    layers: ["concat", "flow"],
    defaultTextureLayers: ["concat"],
    defaultContentLayers: ["concat"],
    smallestSide: 1,
    citation: inFull(tesfaldet2018),
    cites: [tesfaldet2018],
    weights: "msoe.npz",
  },
  weights: {
    fileName: "msoe.npz",
    otherNames: ["weights.npz"],
    // The commit that added the file, which has not changed since.
    url: "https://raw.githubusercontent.com/antoninogreco/STST/b9a8379174516a6dbdb4afdf553f1a926b4a50f8/" +
      "dyn_model/weights.npz",
    page: "https://github.com/antoninogreco/STST/tree/main/dyn_model",
    bytes: 724_718,
    checksum: {
      algorithm: "sha256",
      hex: "99c984d7763650dfd8a5bb3db47c1d7a7872cb2aff13fdfb3f9158516d48b06b",
    },
    license: "Apache-2.0",
  },
  open: async (bytes, where) => {
    const [{ readMsoeWeights }, { createMsoe }] = await Promise.all([
      import("./weights.ts"),
      import("./network.ts"),
    ]);
    return createMsoe(msoe.declaration, readMsoeWeights(bytes, where));
  },
  standIn: async () => {
    const { standInMsoe } = await import("./stand_in.ts");
    return standInMsoe(msoe.declaration);
  },
};
