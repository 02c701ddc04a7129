/**
 * A plan for programs.
 * @module
 */
import { totalsOf } from "../../plan/totals.ts";
import { unknownKeys } from "./keys.ts";
import type { WorkflowPlan } from "./plan_workflow.ts";

/** The plan as JSON: one object with the instances in the order in which they run, and what they come to. */
export function planJson(plan: WorkflowPlan): string {
  const unknown = unknownKeys(plan);
  const { instances, missingWeights, timing, workers, freeBytes } = plan;
  const totals = totalsOf(instances, workers);
  const { speeds: _, ...times } = timing;
  return JSON.stringify(
    {
      v: 1,
      instances: instances.map((instance) => {
        const { name, section, stage, factors, kind, key, artifact, work, status, reasons } = instance;
        const { finishedFrames, seconds, bytes, inputs } = instance;
        return {
          name,
          section,
          stage,
          factors,
          kind,
          ...(!unknown.has(key) && { key }),
          artifact,
          inputs: inputs.map(({ role, name }) => ({ role, name })),
          work: work.filter(({ frames }) => frames?.octave !== undefined).map(
            ({ height, width, iterations, parts, frames }) => ({
              octave: frames?.octave,
              height,
              width,
              iterations,
              ...(frames?.mayEndEarly && { may_end_early: true }),
              parts,
            }),
          ),
          status,
          reasons,
          finished_frames: finishedFrames,
          seconds,
          bytes,
        };
      }),
      to_make: totals.instances,
      seconds: totals.seconds,
      bytes: totals.bytes,
      free_bytes: freeBytes,
      times: times,
      missing_weights: missingWeights,
    },
    undefined,
    2,
  ) + "\n";
}
