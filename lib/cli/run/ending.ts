/**
 * What stands last on the screen after a run: the videos, how well they match, and what to try next.
 * @module
 */
import { z } from "zod";
import type { Drift, MeanResiduals } from "../../store/residuals.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { describeResiduals, residualNotes } from "../display/residuals.ts";
import { fromHere } from "../from_here.ts";
import { commandLine } from "../invocation.ts";
import type { WorkflowOutcome } from "./run_workflow.ts";

/** More results than these are not listed one by one. */
const mostListed = 12;

/** What was run. */
export interface Ended {
  /** The workflow, as it was named. */
  readonly file: string;
  /** Of its folder among the results. */
  readonly name: string;
  /** The arguments of the program. */
  readonly command: readonly string[];
  readonly instances: readonly PlannedInstance[];
  /** How the first and the last frames of each result differ. */
  readonly drifts?: Readonly<Record<string, Drift>>;
  readonly outcome:
    & Pick<WorkflowOutcome, "videos" | "residuals" | "contactSheet">
    & Partial<Pick<WorkflowOutcome, "tables" | "reports">>;
}

/** Each path stands on a line of its own. */
export function describeEnding(ended: Ended): string {
  const { outcome: { videos, residuals, contactSheet, tables = {}, reports = {} }, drifts = {} } = ended;
  const results = Object.entries(videos);
  const listed = results.slice(0, mostListed).flatMap(([name, { mp4 = "", mkv = "" }]) => [
    `${name}:`,
    `  ${fromHere(mp4)}`,
    `  ${fromHere(mkv)} (lossless)`,
    ...residualLine(residuals[name], drifts[name]),
  ]);
  const more = results.length - mostListed;
  const measured = Object.entries(tables);
  const verdicts = measured.slice(0, mostListed).flatMap((
    [name, { table, summary, headline, verdicts = [] }],
  ) => [
    `${name}: ${headline}`,
    ...verdicts.slice(0, mostListed).map((verdict) => `  ${verdict}`),
    ...(verdicts.length > mostListed ? [`  and ${verdicts.length - mostListed} more in the summary`] : []),
    `  ${fromHere(table)}`,
    `  ${fromHere(summary)}`,
  ]);
  const moreMeasured = measured.length - mostListed;
  const sheet = contactSheet === undefined
    ? []
    : ["Targets and results side by side:", `  ${fromHere(contactSheet)}`];
  const made = [
    ...listed,
    ...(more > 0 ? [`and ${more} more beside them`] : []),
    ...residualNotes(results.map(([name]) => residuals[name] ?? {})),
    ...sheet,
    ...verdicts,
    ...(moreMeasured > 0 ? [`and ${moreMeasured} more tables`] : []),
    ...Object.values(reports).slice(0, mostListed).flatMap((
      page,
    ) => ["The report, for a browser:", `  ${fromHere(page)}`]),
  ];
  return [
    ...(made.length > 0 ? ["", ...made] : []),
    "",
    ...nextSteps(ended).flatMap(({ what, command }) => [`Next, ${what}:`, `  ${commandLine(command)}`]),
  ].join("\n");
}

function residualLine(residuals: MeanResiduals = {}, drift?: Drift): readonly string[] {
  const text = describeResiduals(residuals, drift);
  return text === "" ? [] : [`  residuals: ${text}`];
}

interface Step {
  readonly what: string;
  readonly command: readonly string[];
}

/** After a quick look the whole; else a clip of one's own in place of a generated one, and another sample of the same ensemble. */
function nextSteps(ended: Ended): readonly Step[] {
  const { file, instances } = ended;
  const command = withoutForce(ended.command);
  if (command.includes("--preview")) {
    return [{
      what: "all of it at full size",
      command: command.filter((argument) => argument !== "--preview"),
    }];
  }
  const steps = [ownClip(command, instances), anotherSample({ ...ended, command })].filter((step) =>
    step !== undefined
  );
  if (steps.length > 0) return steps;
  return [{ what: "see what a change would make again", command: ["plan", file, ...sameResults(command)] }];
}

/** The options by which another verb means the same results. */
function sameResults(command: readonly string[]): readonly string[] {
  const options = ["--out", "--name", "--set", "--frames", "--weights"];
  return command.filter((argument, index) =>
    options.includes(argument) || options.includes(command[index - 1] ?? "") ||
    options.some((option) => argument.startsWith(`${option}=`))
  );
}

const generated = z.object({ generate: z.unknown() });
const bothSides = z.object({ height: z.int(), width: z.int() });
const seeded = z.object({ seed: z.int() });

/** Only where nothing but generated clips was used: who has own clips knows how. */
function ownClip(command: readonly string[], instances: readonly PlannedInstance[]): Step | undefined {
  const videos = instances.filter(({ section }) => section === "videos");
  const [first] = videos;
  if (first === undefined || !videos.every(({ settings }) => generated.safeParse(settings).success)) return;
  const own = withSetting(command, `videos.${first.stage}.file`, "path/to/clip.mp4");
  // A clip of another shape is not to be stretched: its width follows from the height.
  const isFixed = bothSides.safeParse(first.settings).success;
  const shaped = isFixed ? withSetting(own, `videos.${first.stage}.width`, "null") : own;
  return { what: "a quick look at the same with a clip of yours", command: [...shaped, "--preview"] };
}

/** Under a name of its own, for what bears this one's would be removed: one name means one sample. */
function anotherSample({ name, command, instances }: Ended): Step | undefined {
  for (const { kind, stage, factors, settings } of instances) {
    const parsed = seeded.safeParse(settings);
    if (kind !== "synthesis" || "seed" in factors || !parsed.success) continue;
    const seed = parsed.data.seed + 1;
    const again = withSetting(command, `stages.${stage}.seed`, String(seed));
    const own = withName(again, `${name.replace(/_seed\d+$/, "")}_seed${seed}`);
    return { what: "another sample with the same statistics", command: own };
  }
  return undefined;
}

/** The command without `--force stage`: what was made again is there now. */
function withoutForce(command: readonly string[]): readonly string[] {
  return command.filter((argument, index) =>
    argument !== "--force" && command[index - 1] !== "--force" && !argument.startsWith("--force=")
  );
}

/** The command with `--set path=value`, in place of an earlier one of that path. */
function withSetting(command: readonly string[], path: string, value: string): readonly string[] {
  const isEarlier = (index: number) =>
    command[index] === "--set" && command[index + 1]?.startsWith(`${path}=`) === true;
  const others = command.filter((_, index) => !isEarlier(index) && !isEarlier(index - 1));
  return [...others, "--set", `${path}=${value}`];
}

/** The command with `--name name`, in place of an earlier one. */
function withName(command: readonly string[], name: string): readonly string[] {
  const others = command.filter((argument, index) =>
    argument !== "--name" && command[index - 1] !== "--name" && !argument.startsWith("--name=")
  );
  return [...others, "--name", name];
}
