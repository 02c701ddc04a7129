/**
 * Every model by name. Light: no weights and no reader of them is loaded before a model is opened.
 * @module
 */
import type { ModelEntry } from "./model_entry.ts";
import { motionEnergy } from "./motion_energy/entry.ts";
import { msoe } from "./msoe/entry.ts";
import { steerable } from "./steerable/entry.ts";
import { vgg19 } from "./vgg19/entry.ts";

/** One line for each model. */
const entries: readonly ModelEntry[] = [vgg19, msoe, motionEnergy, steerable];

/** The catalog, by the name under which workflows ask for a model. */
export const catalog: ReadonlyMap<string, ModelEntry> = new Map(
  entries.map((entry) => [entry.declaration.name, entry]),
);
