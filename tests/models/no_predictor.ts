/**
 * For stages that predict nothing.
 */
import type { PredictorSource } from "../../lib/models/stream_model.ts";

export const noPredictor: PredictorSource = {
  openPredictor: (name) => Promise.reject(new Error(`no predictor ${name}`)),
};
