/**
 * What a plan's specification is made from.
 * @module
 */
import type { Specified } from "../../versions/specify.ts";
import { unknownKeys } from "./keys.ts";
import type { WorkflowPlan } from "./plan_workflow.ts";

/** The plan as specifications are made from it: of a shard, with what the others make. */
export function specified(plan: WorkflowPlan): Specified {
  const { loaded: { workflow, inspected }, instances, sharedOut = instances, missingWeights } = plan;
  return {
    workflow,
    inspected,
    planned: sharedOut,
    missingWeights,
    unknownKeys: unknownKeys({ ...plan, instances: sharedOut }),
  };
}
