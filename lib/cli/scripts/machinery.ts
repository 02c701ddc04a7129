/**
 * The engine and the models of a call from a script.
 * @module
 */
import type { Engine, EngineOptions } from "../../engines/engine.ts";
import { openEngine } from "../../engines/open.ts";
import { createModelLibrary } from "../../models/model_library.ts";
import type { ModelSource } from "../../models/stream_model.ts";
import { weightsFolder } from "../../models/weights/weights_folder.ts";

/** Where models and arithmetic come from; all of it may be left out. What else is said of an engine is of one that is opened here. */
export interface Machinery extends Omit<EngineOptions, "engine"> {
  /** Folder of the models' weights; left out: `METAMER_WEIGHTS`, else the user's cache. Missing weights are downloaded. */
  readonly weights?: string;
  /** Which engine computes, or one that is open already and stays open. Left out: ONNX Runtime on the CPU. */
  readonly engine?: Engine | NonNullable<EngineOptions["engine"]>;
}

/** Does some work with an engine and models, and closes what it opened. */
export async function withMachinery<Result>(
  { weights, engine = "onnxruntime", ...options }: Machinery,
  work: (machinery: { readonly engine: Engine; readonly models: ModelSource }) => Promise<Result>,
): Promise<Result> {
  const models = createModelLibrary({ weightsFolder: weightsFolder({ chosen: weights }), offline: false });
  if (typeof engine !== "string") return await work({ engine, models });
  await using opened = await openEngine({ ...options, engine });
  return await work({ engine: opened, models });
}
