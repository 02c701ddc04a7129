/**
 * How fast this machine is: measured by earlier runs, else timed now, else guessed.
 * @module
 */
import { cpus } from "node:os";
import type { EngineOptions } from "../../engines/engine.ts";
import { isMeasured, type Measurement, type Speeds } from "../../plan/estimate.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import type { Work } from "../../plan/stage_kind.ts";
import { speedsPath } from "../../store/layout.ts";
import { type MeasuredSpeed, readSpeeds, rememberSpeeds, type SpeedOf } from "../../store/measured_speeds.ts";
import type { Calibration } from "./calibrate.ts";
import type { LoadedWorkflow } from "../load_workflow.ts";

/** Times parts of the work, whose largest frame has so many pixels. */
export type Calibrate = (parts: readonly string[], pixels: number) => Promise<Calibration>;

/** What a plan's times rest on. */
export interface PlanTiming {
  /** @internal */
  readonly speeds: Speeds;
  /** When the oldest of the measurements was made that count; absent when none does. ISO 8601, UTC. */
  readonly measuredAt?: string;
  /** Seconds that timing took; absent when nothing was timed. */
  readonly calibratedIn?: number;
  /** Some of the work was neither measured nor timed, as far as what takes longest in it. */
  readonly isRough: boolean;
  /** Why an engine was not timed. */
  readonly problem?: string;
}

/** What earlier runs have measured of this machine. */
export async function measuredSpeeds(
  { runs }: LoadedWorkflow,
  options: EngineOptions,
): Promise<readonly MeasuredSpeed[]> {
  return await readSpeeds(speedsPath(runs), thisMachine(options));
}

/** Keeps what a run has measured, for later plans. */
export async function keepSpeeds(
  { runs }: LoadedWorkflow,
  options: EngineOptions,
  measured: readonly Measurement[],
): Promise<void> {
  const machine = thisMachine(options);
  const at = new Date().toISOString();
  await rememberSpeeds(
    speedsPath(runs),
    measured.map(({ parts, ...size }) => ({ ...machine, ...size, parts: [...parts], at })),
  );
}

function thisMachine(
  { engine = "onnxruntime", provider = "cpu", threads = navigator.hardwareConcurrency, exact = false }:
    EngineOptions,
): SpeedOf {
  const computes = provider === "cpu" ? engine : `${engine} ${provider}`;
  return { cpu: cpus()[0]?.model.trim() ?? "unknown", threads, engine: computes, exact };
}

/** What the plan's times rest on; times what is not known if it may. */
export async function timePlan(
  instances: readonly PlannedInstance[],
  measured: readonly MeasuredSpeed[],
  calibrate: Calibrate | undefined,
): Promise<PlanTiming> {
  const work = instances.filter(({ status }) => status !== "cached").flatMap(({ work }) => work)
    .filter(takesLong);
  const [date] = measured.filter((speed) => work.some((batch) => isMeasured(batch, [speed])))
    .map(({ at }) => at).sort();
  const known = date === undefined ? {} : { measuredAt: date };
  const unknown = work.filter((batch) => !isMeasured(batch, measured));
  const parts = [...new Set(unknown.flatMap(({ parts }) => parts))];
  if (parts.length === 0 || calibrate === undefined) {
    return { speeds: { rates: {}, measured }, ...known, isRough: parts.length > 0 };
  }
  const { rates, seconds, problem } = await calibrate(
    parts,
    Math.max(...unknown.map(({ height, width }) => height * width)),
  );
  return {
    speeds: { rates, measured },
    ...known,
    ...(Object.keys(rates).length > 0 && { calibratedIn: seconds }),
    isRough: unknown.some(({ parts }) => !parts.some((part) => rates[part] !== undefined)),
    ...(problem !== undefined && { problem }),
  };
}

/** Starting, decoding and writing are not worth timing. */
const brief = /^(start|open|compile|decode|update|write)(\/|$)/;

function takesLong({ parts }: Work): boolean {
  return parts.some((part) => !brief.test(part));
}
