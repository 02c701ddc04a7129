/**
 * How far workflows are, in words: one line per instance.
 * @module
 */
import { relative } from "node:path";
import { describeHolder } from "../../store/lock.ts";
import { describeResiduals, residualLegend } from "../display/residuals.ts";
import { textTable } from "../display/table.ts";
import { duration, lossesInWords } from "../display/wording.ts";
import type { InstanceStatus, WorkflowStatus } from "./status.ts";

/** "sweep (workflows/sweep.yaml): 2 of 9 done", the instances, and what is to be said of those that are not done. */
export function describeStatus({ name, file, instances }: WorkflowStatus): string {
  const done = instances.filter(({ state }) => state === "done").length;
  const here = relative(Deno.cwd(), file);
  const heading = `${name} (${here.length < file.length ? here : file}): ${done} of ${instances.length} done`;
  const columns = ["instance", "frames", "state", "time left", `residuals (${residualLegend})`];
  const rows = instances.map((instance) => [
    instance.name,
    framesInWords(instance),
    instance.state,
    instance.secondsLeft === undefined ? "" : `about ${duration(instance.secondsLeft)}`,
    describeResiduals(instance.residuals ?? {}),
  ]);
  const table = textTable(columns, rows, ["frames"]);
  return [heading, table, ...instances.flatMap(details)].join("\n");
}

function framesInWords({ finishedFrames, wantedFrames }: InstanceStatus): string {
  return wantedFrames === undefined ? String(finishedFrames) : `${finishedFrames} of ${wantedFrames}`;
}

function details({ name, heldBy, at, failure }: InstanceStatus): readonly string[] {
  if (failure !== undefined) return [`${name}: failed: ${failure}`];
  if (heldBy === undefined) return [];
  const lines = [`${name}: ${describeHolder(heldBy === "somebody" ? undefined : heldBy)}`];
  if (at !== undefined) {
    const frame = at.frame < 0 ? `padding frame ${at.frame}` : `frame ${at.frame}`;
    lines.push(
      `${name}: ${frame}, octave ${at.octave}, iteration ${at.iteration}/${at.iterations}, losses: ${
        lossesInWords(at.losses)
      }`,
    );
  }
  return lines;
}
