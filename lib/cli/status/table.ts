/**
 * How far workflows are, in words: one line per instance.
 * @module
 */
import type { EarlyEnds } from "../../store/early_ends.ts";
import { describeHolder } from "../../store/lock.ts";
import { describeResiduals, describeTerms, residualNotes } from "../display/residuals.ts";
import { fromHere } from "../from_here.ts";
import { textTable } from "../display/table.ts";
import { describeOutcomes } from "../slurm/describe.ts";
import { duration, lossesInWords } from "../display/wording.ts";
import type { InstanceStatus, WorkflowStatus } from "./workflow_status.ts";

/** Characters that are left of a name at least. */
const shortestName = 12;

/**
 * "sweep (workflows/sweep.yaml): 2 of 9 done", the instances, and what is to be said of those that are not done. In a
 * terminal that is narrower than the table residuals are told shorter, then names; anything else gets it whole.
 */
export function describeStatus(
  { name, file, instances, problem, queueProblem }: WorkflowStatus,
  width = Infinity,
): string {
  if (problem !== undefined) return `${name}: ${problem}`;
  const done = instances.filter(({ state }) => state === "done").length;
  const heading = `${name} (${fromHere(file)}): ${done} of ${instances.length} done${runTimeLeft(instances)}`;
  const notes = residualNotes(instances.map(({ residuals = {} }) => residuals));
  const jobs = instances.flatMap(({ name, outcome, lastLines = [] }) =>
    outcome === undefined ? [] : [{ name, outcome, lastLines }]
  );
  const lines = [
    ...notes,
    ...instances.flatMap(details),
    ...describeOutcomes(jobs),
    ...(queueProblem === undefined ? [] : [`its jobs are not known: ${queueProblem}`]),
    ...describeWarnings(instances),
  ];
  return [heading, statusTable(instances, width), ...lines].join("\n");
}

function statusTable(instances: readonly InstanceStatus[], width: number): string {
  const told = instances.some(({ headline }) => headline !== undefined) ? "residuals, verdict" : "residuals";
  const draw = (result?: (instance: InstanceStatus) => string, longest = Infinity) => {
    const isTimed = instances.some(({ secondsLeft }) => secondsLeft !== undefined);
    const rows = instances.map((instance) => [
      cut(instance.name, longest),
      framesInWords(instance),
      instance.state,
      ...(isTimed ? [timeLeftInWords(instance)] : []),
      ...(result ? [result(instance)] : []),
    ]);
    const columns = [
      "instance",
      "frames",
      "state",
      ...(isTimed ? ["time left"] : []),
      ...(result ? [told] : []),
    ];
    return textTable(columns, rows, ["frames"]);
  };
  for (const result of [resultInWords, termsInWords]) {
    const table = draw(result);
    if (widthOf(table) <= width) return table;
  }
  const bare = draw();
  const room = width - widthOf(bare) - 2;
  if (room >= told.length) return draw((instance) => cut(termsInWords(instance), room));
  const longest = Math.max(...instances.map(({ name }) => name.length));
  return room >= -2 ? bare : draw(undefined, Math.max(shortestName, longest + room + 2));
}

/** Residuals, or what a table comes to. */
function resultInWords({ headline, residuals, drift }: InstanceStatus): string {
  return headline ?? describeResiduals(residuals ?? {}, drift);
}

function termsInWords({ headline, residuals }: InstanceStatus): string {
  return headline ?? describeTerms(residuals ?? {}).join(", ");
}

function timeLeftInWords({ secondsLeft }: InstanceStatus): string {
  return secondsLeft === undefined ? "" : `about ${duration(secondsLeft)}`;
}

/** Of the process that will be the last to end; nothing while nobody is at work. */
function runTimeLeft(instances: readonly InstanceStatus[]): string {
  const left = instances.flatMap(({ runSecondsLeft }) => runSecondsLeft ?? []);
  return left.length === 0 ? "" : `, about ${duration(Math.max(...left))} left`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}

function widthOf(table: string): number {
  return Math.max(...table.split("\n").map((line) => line.length));
}

function framesInWords({ finishedFrames, wantedFrames, makesTable }: InstanceStatus): string {
  if (makesTable === true) return "";
  return wantedFrames === undefined ? String(finishedFrames) : `${finishedFrames} of ${wantedFrames}`;
}

/** What its job says is told of all together. */
function details(
  { name, heldBy, at, stoppedAt, failure, early, remade, outcome }: InstanceStatus,
): readonly string[] {
  return [
    ...(early === undefined ? [] : [describeEarlyEnds(early)]),
    ...(remade === undefined ? [] : [describeRemake(remade)]),
    ...(failure === undefined || outcome !== undefined ? [] : [`failed: ${failure}`]),
    ...(stoppedAt === undefined ? [] : [`stopped at ${describePlace(stoppedAt)}`]),
    ...(heldBy === undefined || outcome !== undefined
      ? []
      : [describeHolder(heldBy === "somebody" ? undefined : heldBy)]),
    ...(at === undefined ? [] : [describePlace(at)]),
  ].map((line) => `${name}: ${line}`);
}

/** "frame 3, octave -1, iteration 120/750, losses: spatial_texture 12.3" */
function describePlace(
  { frame, octave, iteration, iterations, losses }: NonNullable<InstanceStatus["at"]>,
): string {
  const made = frame < 0 ? `padding frame ${frame}` : `frame ${frame}`;
  return `${made}, octave ${octave}, iteration ${iteration}/${iterations}, losses: ${lossesInWords(losses)}`;
}

/** While it is made again, what was there is what others read. */
function describeRemake(frames: number): string {
  const made = frames === 0 ? "" : ` (${frames} ${frames === 1 ? "frame is" : "frames are"} finished)`;
  return `is made again by --force${made}; what was there before is kept until then`;
}

/** Each warning once, with the instance that has it, or how many have. */
function describeWarnings(instances: readonly InstanceStatus[]): readonly string[] {
  const all = instances.flatMap(({ name, warnings = [] }) => warnings.map(({ text }) => ({ name, text })));
  return Array.from(Map.groupBy(all, ({ text }) => text), ([text, [first, ...others]]) => {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return `warning: ${text} (${first?.name}${more})`;
  });
}

/** "312 of 2000 iterations a frame; octaves that ended early: 30 by their residual, 6 on a plateau" */
function describeEarlyEnds({ iterations, of, residual, plateau }: EarlyEnds): string {
  const rules = [
    ...(residual === 0 ? [] : [`${residual} by their residual`]),
    ...(plateau === 0 ? [] : [`${plateau} on a plateau`]),
  ];
  return `${Math.round(iterations)} of ${Math.round(of)} iterations a frame; ` +
    `octaves that ended early: ${rules.join(", ")}`;
}
