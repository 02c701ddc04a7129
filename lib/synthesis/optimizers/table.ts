/**
 * The optimizers by name.
 * @module
 */
import type { OptimizerSettings } from "../settings.ts";
import { adam } from "./adam.ts";
import { descent } from "./descent.ts";
import { lbfgs } from "./lbfgs.ts";
import type { Optimizer } from "./optimizer.ts";

/** The optimizer that the settings describe. */
export function createOptimizer(settings: OptimizerSettings): Optimizer {
  switch (settings.name) {
    case "descent":
      return descent(settings);
    case "adam":
      return adam(settings);
    case "lbfgs":
      return lbfgs(settings);
  }
}
