/**
 * A plan in words: one line per instance, one column per factor.
 * @module
 */
import { describeReason } from "../plan/reason.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { textTable } from "./display/table.ts";
import { duration } from "./display/wording.ts";
import type { WorkflowPlan } from "./plan_workflow.ts";

const longestReason = 70;

/** The table, the sum, and what has to be fetched before. */
export function describePlan(plan: WorkflowPlan): string {
  const { instances, missingWeights } = plan;
  const factors = [...new Set(instances.flatMap(({ factors }) => Object.keys(factors)))];
  const columns = ["stage", ...factors, "frames", "size", "status", "time", "key", "why"];
  const unknown = unknownKeys(plan);
  const rows = instances.map((instance) => [
    instance.stage,
    ...factors.map((factor) => instance.factors[factor] ?? ""),
    ...extent(instance),
    instance.status,
    instance.status === "cached" ? "" : `~${duration(instance.seconds)}`,
    unknown.has(instance.key) ? "after fetching" : instance.key,
    shortened(instance.reasons.map(describeReason)),
  ]);
  const table = textTable(columns, rows, ["frames", "time"]);
  return [table, describeSum(instances), ...missingWeights.map(describeMissing)].join("\n");
}

/** The first reason, cut to a column's width, and how many there are beside it. */
function shortened([first = "", ...others]: readonly string[]): string {
  const text = first.length > longestReason ? `${first.slice(0, longestReason - 3)}...` : first;
  return others.length === 0 ? text : `${text} (and ${others.length} more)`;
}

/** "3 instances, 1 of them there already; about 2 h on a machine like the one that was measured" */
function describeSum(instances: readonly PlannedInstance[]): string {
  const left = instances.filter(({ status }) => status !== "cached");
  if (left.length === 0) return "All of it is there already.";
  const seconds = left.reduce((sum, instance) => sum + instance.seconds, 0);
  return `${left.length} of ${instances.length} to make, about ${duration(seconds)} on two cores`;
}

function describeMissing(model: string): string {
  return `the weights of ${model} are not here yet; run fetches them`;
}

function extent({ artifact }: PlannedInstance): [frames: string, size: string] {
  if (artifact.made !== "video") return ["", ""];
  const { frames, height, width } = artifact.video;
  return [String(frames), `${height} x ${width}`];
}

/** Keys that depend on weights that are not here. */
function unknownKeys({ instances, missingWeights }: WorkflowPlan): ReadonlySet<string> {
  const unknown = new Set<string>();
  for (const { key, inputs, models } of instances) {
    const unsure = models.some(({ name }) => missingWeights.includes(name)) ||
      inputs.some((input) => unknown.has(input.key));
    if (unsure) unknown.add(key);
  }
  return unknown;
}
