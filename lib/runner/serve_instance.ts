/// <reference lib="deno.worker" />
/**
 * The worker's side: waits for its order, runs the stage, reports.
 * @module
 */
import type { Engine, EngineOpener, EngineOptions } from "../engines/engine.ts";
import type { ModelSource, PredictorSource } from "../models/stream_model.ts";
import type { StageContext } from "../plan/stage_kind.ts";
import type { EventBody, StageEvent } from "../store/events.ts";
import { openFrames } from "../store/finished_frames.ts";
import { openFinished } from "../store/finished_instance.ts";
import { type InstanceFolder, openInstanceFolder } from "../store/instance_folder.ts";
import { instancePaths, remakePaths } from "../store/layout.ts";
import type { FrameSource } from "../store/stage_store.ts";
import { createCheckpoints } from "./checkpoints.ts";
import { type FromWorker, packError } from "./messages.ts";
import { isStopped } from "./signals.ts";
import { type WorkOrder, workOrderSchema } from "./work_order.ts";

/** Every how many iterations one is reported; the last always is. */
const reportEvery = 10;

/** What the runner is handed, because it knows no stage, model or engine. */
export interface Workshop {
  /** Loads the work of a kind. */
  loadRun(kind: string): Promise<(settings: unknown, context: StageContext) => Promise<void>>;
  /** `emit` takes the progress of downloads. */
  openModels(
    order: Pick<WorkOrder, "equipment" | "models" | "modelFiles">,
    emit: (event: EventBody) => void,
  ): ModelSource & PredictorSource;
  readonly openEngine: EngineOpener;
}

/** Serves one order from the main thread. Called once, by the worker's entry module. */
export function serveInstance(workshop: Workshop): void {
  self.onmessage = async ({ data }: MessageEvent<unknown>) => {
    try {
      await runStage(workOrderSchema.parse(data), workshop, (event) => post({ type: "event", event }));
      post({ type: "returned" });
    } catch (error) {
      post({ type: "failed", error: packError(error) });
    }
  };
  post({ type: "ready" });
}

/** Does the work of an order here. Rejects with what the stage throws. */
export async function runStage(
  order: WorkOrder,
  workshop: Workshop,
  emit: (event: EventBody) => void,
): Promise<void> {
  await using engine = lazyEngine(order.equipment.engine, workshop.openEngine, emit);
  const paths = instancePaths(order.runs, order.key);
  using store = await openInstanceFolder(order.remake ? remakePaths(paths) : paths, {
    engine: () => engine.identity(),
    onDamage: (damage) => emit({ type: "damaged", ...damage, action: "computed again" }),
  });
  const run = await workshop.loadRun(order.kind);
  await run(order.settings, {
    artifact: order.artifact,
    facts: order.facts,
    folder: order.folder,
    inputs: await openInputs(order),
    async finished(role) {
      const input = order.inputs.find((input) => input.role === role);
      if (input === undefined) throw new Error(`${order.key} refers to nothing at ${role}`);
      return await openFinished(instancePaths(order.runs, input.key));
    },
    store,
    checkpoints: createCheckpoints(store, emit, { every: order.equipment.checkpointEvery }),
    models: workshop.openModels(order, emit),
    engine: engine.open,
    emit: (event) => emitStageEvent(event, store, emit),
    stopRequested: () => isStopped(order.stop),
  });
}

async function openInputs(order: WorkOrder): Promise<Record<string, FrameSource>> {
  const inputs: Record<string, FrameSource> = {};
  for (const { role, key, frames } of order.inputs) {
    if (frames !== undefined) inputs[role] = await openFrames(instancePaths(order.runs, key), frames);
  }
  return inputs;
}

function emitStageEvent(event: StageEvent, store: InstanceFolder, emit: (event: EventBody) => void): void {
  if (
    event.type === "iteration" && event.iteration % reportEvery !== 0 && event.iteration !== event.iterations
  ) {
    return;
  }
  if (event.type === "frame.finished") {
    const record = store.record(event.frame);
    emit({ ...event, ...(record && { sha256: record.sha256 }) });
    return;
  }
  emit(event);
}

interface LazyEngine extends AsyncDisposable {
  open(): Promise<Engine>;
  identity(): Engine["identity"] | undefined;
}

/** Opens the engine at its first use, says so, and closes it at the end. */
function lazyEngine(
  options: EngineOptions,
  open: EngineOpener,
  emit: (event: EventBody) => void,
): LazyEngine {
  let opening: Promise<Engine> | undefined;
  let opened: Engine | undefined;
  return {
    open() {
      opening ??= open(options).then((engine) => {
        opened = engine;
        emit({ type: "engine.opened", engine: engine.identity });
        return engine;
      });
      return opening;
    },
    identity: () => opened?.identity,
    async [Symbol.asyncDispose]() {
      await opened?.[Symbol.asyncDispose]();
    },
  };
}

function post(message: FromWorker): void {
  self.postMessage(message);
}
