/**
 * Metamer from a script: load, plan and run a workflow.
 *
 * ```ts
 * const workflow = await loadWorkflow("workflows/quickstart.yaml", { frames: 4 });
 * const plan = await planWorkflow(workflow, { fetchWeights: true });
 * const { videos } = await runWorkflow(plan);
 * ```
 * @module
 */
export { isUserError, MissingError, RunError, type UserError, WorkflowError } from "./lib/errors.ts";
export { type LoadedWorkflow, type LoadOptions, loadWorkflow } from "./lib/cli/load_workflow.ts";
export { type PlanOptions, planWorkflow, type WorkflowPlan } from "./lib/cli/plan_workflow.ts";
export type { PlannedInput, PlannedInstance } from "./lib/plan/planned_instance.ts";
export { describeReason, type Reason } from "./lib/plan/reason.ts";
export { type RunOptions, runWorkflow, type WorkflowOutcome } from "./lib/cli/run_workflow.ts";
export { Stopper, type StopSignal } from "./lib/runner/signals.ts";
export type { RunEvent } from "./lib/store/events.ts";
