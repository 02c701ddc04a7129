/**
 * The settings of activations as they stand in YAML.
 * @module
 */
import type { z } from "zod";
import { oneOf, settingsMap } from "../../workflow/fields.ts";
import { type Layers, layersField, modelField } from "../foreign_model.ts";
import { namesField } from "../video_list.ts";

/** What is written, and how. */
export interface ActivationsSettings {
  /** Path of the model's file. */
  readonly model: string;
  readonly layers: Layers;
  readonly videos: readonly string[];
  readonly format: "npy" | "hdf5";
}

/** From YAML to `ActivationsSettings`. */
export const activationsSchema: z.ZodType<ActivationsSettings> = settingsMap({
  model: modelField,
  layers: layersField.describe("Layers whose activity is written: a list, or a map from names of your own."),
  videos: namesField().describe(
    "Videos and stages that the model is shown, each stage with all its instances.",
  ),
  format: oneOf(["npy", "hdf5"]).default("npy").describe(
    "An `.npy` file for each video and layer (NumPy), or one `.h5` file with a dataset for each (MATLAB's `h5read`, h5py; 1 GiB at most).",
  ),
});
