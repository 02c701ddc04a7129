/**
 * A plan in words: one line per instance, one column per factor, and what it comes to.
 * @module
 */
import { namedModels } from "../../models/catalog.ts";
import { isFetched } from "../../models/weights/published_weights.ts";
import { isMost } from "../../plan/estimate.ts";
import { describeReason } from "../../plan/reason.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { totalsOf } from "../../plan/totals.ts";
import { textTable } from "../display/table.ts";
import { dataSize } from "../display/data_size.ts";
import { roughDuration } from "../display/rough_duration.ts";
import { unknownKeys } from "./keys.ts";
import type { PlanTiming } from "./timing.ts";
import type { WorkflowPlan } from "./plan_workflow.ts";

/** Characters of a key that tell it from others; all of them are in `plan --json`. */
const shortKey = 8;

const longestReason = 70;
const shortestReason = 14;

interface Column {
  readonly title: string;
  readonly cell: (instance: PlannedInstance) => string;
}

/**
 * The table, the sum, how the times are known, and what has to be fetched before. In a terminal that is narrower than the table
 * keys and reasons are shortened; anything else gets it whole.
 */
export function describePlan(plan: WorkflowPlan, width = Infinity): string {
  const { instances, missingWeights } = plan;
  return [
    planTable(plan, width),
    describeSum(plan),
    ...describeTiming(plan.timing, instances),
    ...missingWeights.map(describeMissing),
  ].join("\n");
}

function planTable(plan: WorkflowPlan, width: number): string {
  const { instances } = plan;
  const unknown = unknownKeys(plan);
  const columns = [...factorColumns(instances), ...fixedColumns];
  const whole = draw([...columns, keyColumn(unknown, Infinity), whyColumn(longestReason)], instances);
  if (widthOf(whole) <= width) return whole;
  const bare = [...columns, keyColumn(unknown, shortKey)];
  const room = width - widthOf(draw(bare, instances)) - 2;
  if (room >= shortestReason) return draw([...bare, whyColumn(room)], instances);
  return [draw(room >= -2 ? bare : columns, instances), ...describeReasons(instances)].join("\n");
}

function draw(columns: readonly Column[], instances: readonly PlannedInstance[]): string {
  const rows = instances.map((instance) => columns.map(({ cell }) => cell(instance)));
  return textTable(columns.map(({ title }) => title), rows, ["frames", "iterations", "time", "disk"]);
}

/** Each reason once, where there is no column for them. */
function describeReasons(instances: readonly PlannedInstance[]): string[] {
  const left = instances.filter(({ status }) => status !== "cached");
  const reasons = Map.groupBy(left, (instance) => reasonsOf(instance, longestReason));
  return [...reasons].map(([reason, those]) =>
    `why: ${reason}${reasons.size === 1 ? "" : ` (${those.length} of ${left.length})`}`
  );
}

function factorColumns(instances: readonly PlannedInstance[]): Column[] {
  const factors = new Set(instances.flatMap(({ factors }) => Object.keys(factors)));
  const columns = [...factors].map((factor): Column => ({
    title: factor,
    cell: ({ factors }) => factors[factor] ?? "",
  }));
  return [{ title: "stage", cell: ({ stage }) => stage }, ...columns];
}

const fixedColumns: readonly Column[] = [
  { title: "frames", cell: ({ artifact }) => artifact.made === "video" ? String(artifact.video.frames) : "" },
  {
    title: "size",
    cell: ({ artifact }) =>
      artifact.made === "video" ? `${artifact.video.height} x ${artifact.video.width}` : "",
  },
  { title: "iterations", cell: iterationsOf },
  { title: "status", cell: ({ status }) => status },
  {
    title: "time",
    cell: ({ status, seconds, work }) =>
      status === "cached" ? "" : `${isMost(work) ? "at most " : ""}~${roughDuration(seconds)}`,
  },
  { title: "disk", cell: ({ status, bytes }) => status === "cached" || bytes === 0 ? "" : dataSize(bytes) },
];

/** The whole key, or the first letters of its hash. */
function keyColumn(unknown: ReadonlySet<string>, length: number): Column {
  const shortened = ({ key, kind }: PlannedInstance) =>
    length === Infinity ? key : key.slice(kind.length + 1).slice(0, length);
  return {
    title: "key",
    cell: (instance) => unknown.has(instance.key) ? "after fetching" : shortened(instance),
  };
}

function whyColumn(length: number): Column {
  return { title: "why", cell: (instance) => reasonsOf(instance, length) };
}

/** Of a frame where all have as many, "2000/frame" or "at most 2000/frame"; else of all frames together, padding included. */
function iterationsOf({ work }: PlannedInstance): string {
  const octaves = work.filter(({ frames }) => frames?.octave !== undefined);
  if (octaves.length === 0) return "";
  const perFrame = new Map<number, number>();
  for (const { frames } of octaves) {
    for (const [index, count] of (frames?.iterations ?? []).entries()) {
      const time = (frames?.first ?? 0) + index;
      perFrame.set(time, (perFrame.get(time) ?? 0) + count);
    }
  }
  const most = isMost(octaves) ? "at most " : "";
  const [each, ...others] = new Set(perFrame.values());
  if (others.length === 0) return `${most}${each}/frame`;
  return most + octaves.reduce((sum, { iterations }) => sum + iterations, 0);
}

/** The first reason, cut to a length, and how many there are beside it. */
function reasonsOf({ reasons }: PlannedInstance, length: number): string {
  const [first = "", ...others] = reasons.map(describeReason);
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  const room = Math.max(0, length - more.length);
  return (first.length > room ? `${first.slice(0, Math.max(0, room - 3))}...` : first) + more;
}

/** "2 of 3 to make: about 2 h, 1.2 GB", or "at most about 2 h" */
function describeSum({ instances, workers }: WorkflowPlan): string {
  const left = totalsOf(instances, workers);
  if (left.instances === 0) return "All of it is there already.";
  const time = `${left.isMost ? "at most " : ""}about ${roughDuration(left.seconds)}`;
  const together = workers > 1 && left.instances > 1 ? `, ${workers} at a time` : "";
  return `${left.instances} of ${instances.length} to make${together}: ${time}, ${
    dataSize(left.bytes)
  } on the disk`;
}

/** How the times are known. */
function describeTiming(timing: PlanTiming, instances: readonly PlannedInstance[]): string[] {
  if (instances.every(({ status }) => status === "cached")) return [];
  const { measuredAt, calibratedIn, isRough, problem } = timing;
  const sources = [
    ...(measuredAt === undefined
      ? []
      : [`measured by runs on this machine since ${measuredAt.slice(0, 10)}`]),
    ...(calibratedIn === undefined
      ? []
      : [`timed on this machine just now, in ${calibratedIn.toFixed(1)} s`]),
    ...(isRough ? ["rough, for two fast cores; a run soon tells more"] : []),
  ];
  const reason = problem === undefined ? [] : [`not timed: ${problem}`];
  return [...(sources.length === 0 ? [] : [`times: ${sources.join("; others ")}`]), ...reason];
}

function describeMissing(model: string): string {
  const entry = namedModels.get(model);
  const weights = entry !== undefined && "weights" in entry ? entry.weights : undefined;
  if (weights !== undefined && !isFetched(weights)) {
    return `the weights of ${model} are not here, and no program can fetch them: ${weights.page} (${weights.steps})`;
  }
  const size = weights === undefined ? "" : ` (${dataSize(weights.bytes)})`;
  return `the weights of ${model}${size} are not here yet; run fetches them`;
}

function widthOf(table: string): number {
  return Math.max(...table.split("\n").map((line) => line.length));
}
