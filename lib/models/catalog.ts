/**
 * Every model by name. Light: no weights and no reader of them is loaded before a model is opened.
 * @module
 */
import type { ModelEntry, NamedModel, PredictiveModel } from "./model_entry.ts";
import { motionEnergy } from "./motion_energy/entry.ts";
import { msoe } from "./msoe/entry.ts";
import { prednetKitti } from "./prednet/entry.ts";
import { steerable } from "./steerable/entry.ts";
import { vgg19 } from "./vgg19/entry.ts";

/** One line for each model. */
const entries: readonly ModelEntry[] = [vgg19, msoe, motionEnergy, steerable];

/** Those that predict frames. */
const predictiveModels: readonly PredictiveModel[] = [prednetKitti];

/** The catalog of streams, by the name under which workflows ask for a model. */
export const catalog: ReadonlyMap<string, ModelEntry> = new Map(
  entries.map((entry) => [entry.declaration.name, entry]),
);

/** The networks that predict frames, by name. */
export const predictors: ReadonlyMap<string, PredictiveModel> = new Map(
  predictiveModels.map((entry) => [entry.declaration.name, entry]),
);

/** All of both. */
export const namedModels: ReadonlyMap<string, NamedModel> = new Map<string, NamedModel>([
  ...catalog,
  ...predictors,
]);
