/**
 * Which keys of a plan are not known yet.
 * @module
 */
import type { WorkflowPlan } from "./plan_workflow.ts";

/** Keys that depend on weights that are not here. */
export function unknownKeys({ instances, missingWeights }: WorkflowPlan): ReadonlySet<string> {
  const unknown = new Set<string>();
  for (const { key, inputs, models } of instances) {
    const unsure = models.some(({ name }) => missingWeights.includes(name)) ||
      inputs.some((input) => unknown.has(input.key));
    if (unsure) unknown.add(key);
  }
  return unknown;
}
