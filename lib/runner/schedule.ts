/**
 * Which instance is next: inputs before what reads them, several at a time where they do not need each other, and what others
 * hold last.
 * @module
 */
import { isUserError, RunError } from "../errors.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { attempt, type Failure, type Progress, type Schedule } from "./attempt.ts";
import { type HeldElsewhere, heldElsewhere } from "./held_elsewhere.ts";
import { isStopped } from "./signals.ts";

/** How far it went. */
export interface ScheduleOutcome {
  readonly stopped: boolean;
  /** Names of the instances that were computed here. */
  readonly computed: readonly string[];
  readonly failures: readonly Failure[];
}

/** Goes through the instances, which stand after their inputs. Throws only what is no failure of an instance. */
export async function runInstances(
  instances: readonly PlannedInstance[],
  schedule: Schedule,
): Promise<ScheduleOutcome> {
  const { devices, workers = devices?.length ?? 1, wait, stop } = schedule;
  const progress: Progress = {
    instances,
    left: new Set(instances),
    running: new Map(),
    computed: new Set(),
    failures: [],
    waiting: new Map(),
    suspected: new Set(),
    damaged: new Set(),
  };
  const { left, running, computed, failures, waiting } = progress;
  const together = endTogether(schedule);
  const freeDevices = [...devices ?? []];
  const held = heldElsewhere(schedule.runs);
  let moved = false;
  const begin = (instance: PlannedInstance) => {
    const device = freeDevices.shift();
    const turn = attempt(instance, progress, onDevice(together.schedule, device)).then((became) => {
      if (became === "held") held.add(instance);
      else moved = true;
    }, together.end).finally(() => {
      running.delete(instance);
      if (device !== undefined) freeDevices.unshift(device);
    });
    running.set(instance, turn);
  };
  while (left.size > 0 && !isStopped(stop.flag) && !together.isEnding()) {
    const next = running.size < workers ? nextOf(progress, held) : undefined;
    if (next !== undefined) {
      begin(next);
    } else if (running.size === workers) {
      await Promise.race(running.values());
    } else {
      // Nothing can begin before something ends, here or elsewhere.
      if (running.size > 0 || wait) await held.wait([...running.values()], stop.abort);
      else if (moved) held.clear();
      else {
        failures.push({ error: new RunError([...waiting.values()].join("\n")) });
        break;
      }
      moved = false;
    }
  }
  await Promise.all(running.values());
  together.rethrow();
  return { stopped: left.size > 0 && isStopped(stop.flag), computed: [...computed], failures };
}

/**
 * The first that is neither at work nor held, and whose inputs are there. What is made again because it was damaged waits until
 * all that read it have found the damage, or are done.
 */
function nextOf(
  { left, running }: Progress,
  held: Pick<HeldElsewhere, "has">,
): PlannedInstance | undefined {
  const working = new Set(
    running.keys().flatMap(({ key, inputs }) => [key, ...inputs.map(({ key }) => key)]),
  );
  return left.values().find((instance) =>
    !held.has(instance) && !working.has(instance.key) && !needsAnyOf(instance, left)
  );
}

function needsAnyOf(instance: PlannedInstance, left: ReadonlySet<PlannedInstance>): boolean {
  const inputs = new Set(instance.inputs.map(({ key }) => key));
  return left.values().some(({ key }) => inputs.has(key));
}

/** Its engine is opened on that device. */
function onDevice(schedule: Schedule, device: number | undefined): Schedule {
  if (device === undefined) return schedule;
  const { equipment } = schedule;
  return { ...schedule, equipment: { ...equipment, engine: { ...equipment.engine, device } } };
}

/** When a turn throws, which ends the run, those beside it end with their next event. */
function endTogether(schedule: Schedule) {
  let reason: { readonly thrown: unknown } | undefined;
  const rethrow = () => {
    if (reason !== undefined) throw reason.thrown;
  };
  const doWork: Schedule["doWork"] = (order, onEvent) =>
    schedule.doWork(order, (event) => {
      rethrow();
      onEvent(event);
    });
  return {
    schedule: { ...schedule, doWork },
    end: (thrown: unknown) => {
      reason ??= { thrown };
    },
    isEnding: () => reason !== undefined,
    rethrow,
  };
}

/** One error for all failures: the only one itself, else a bug, else a list. */
export function togetherAsError(failures: readonly Failure[]): unknown {
  const [first, ...others] = failures;
  if (first === undefined || others.length === 0) return first?.error;
  const bug = failures.find(({ error }) => !isUserError(error));
  if (bug !== undefined) return bug.error;
  const lines = failures.map(({ instance, error }) => {
    const text = error instanceof Error ? error.message : String(error);
    return instance === undefined ? text : `${instance}: ${text}`;
  });
  return new RunError(`${failures.length} failures\n${lines.join("\n")}`);
}
