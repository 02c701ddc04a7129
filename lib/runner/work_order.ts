/**
 * What the main thread tells a worker to do: one message, checked on receipt.
 * @module
 */
import { z } from "zod";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import type { ArtifactFacts, Facts } from "../plan/stage_kind.ts";
import type { StopRequest } from "./signals.ts";

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

/** How the machine is to be used; none of it is in a key. */
export const equipmentSchema = z.object({
  /** How to open the engine. */
  engine: z.object({
    engine: z.enum(["onnxruntime", "tensorflow", "reference"]).exactOptional(),
    provider: z.enum(["auto", "cpu", "webgpu", "cuda", "tensorrt", "coreml", "directml"]).exactOptional(),
    backend: z.enum(["auto", "node-gpu", "node", "webgpu", "wasm", "cpu"]).exactOptional(),
    threads: z.int().exactOptional(),
    device: z.int().exactOptional(),
    precision: z.enum(["float32", "float16"]).exactOptional(),
    exact: z.boolean().exactOptional(),
  }),
  /** Folder of the weights; absent for the default one. */
  weights: z.string().optional(),
  /** Forbids downloads. */
  offline: z.boolean(),
  /** Seconds between two checkpoints inside a frame; 0 for none but at octaves' ends and stops. */
  checkpointEvery: z.number().min(0),
});

/** How the machine is to be used. */
export type Equipment = z.infer<typeof equipmentSchema>;

/** The message that starts an instance. */
export const workOrderSchema = z.object({
  type: z.literal("start"),
  runs: z.string(),
  key: z.string(),
  /** The result goes beside the one that is there. */
  remake: z.boolean(),
  kind: z.string(),
  /** Complete settings of that kind. */
  settings: z.unknown(),
  facts: z.custom<Facts>(isObject),
  artifact: z.custom<ArtifactFacts>(isObject),
  folder: z.string(),
  /** Frames of those that are videos. */
  inputs: z.array(z.object({ role: z.string(), key: z.string(), frames: z.int().exactOptional() })),
  /** sha256 of the models' weights as they were planned, by model name. */
  models: z.record(z.string(), z.string()),
  /** Files of models that are not built in, by name. */
  modelFiles: z.record(z.string(), z.string()),
  equipment: equipmentSchema,
  stop: z.custom<Int32Array<SharedArrayBuffer>>(
    (value) => value instanceof Int32Array && value.buffer instanceof SharedArrayBuffer,
  ),
});

/** The message that starts an instance. */
export type WorkOrder = z.infer<typeof workOrderSchema>;

/** What an order takes from its run. */
interface OrderingRun {
  readonly runs: string;
  readonly equipment: Equipment;
  readonly stop: Pick<StopRequest, "flag">;
}

/** The order for an instance. */
export function orderFor(instance: PlannedInstance, run: OrderingRun, remake: boolean): WorkOrder {
  const { key, kind, settings, facts, artifact, folder, precision } = instance;
  const inputs = instance.inputs.map(({ role, key, video }) => (
    { role, key, ...(video && { frames: video.frames }) }
  ));
  return {
    type: "start",
    runs: run.runs,
    key,
    remake,
    kind,
    settings,
    facts,
    artifact,
    folder,
    inputs,
    models: Object.fromEntries(instance.models.map(({ name, sha256 }) => [name, sha256])),
    modelFiles: Object.fromEntries(
      instance.models.flatMap(({ name, file, isOwn }) => isOwn && file !== undefined ? [[name, file]] : []),
    ),
    equipment: { ...run.equipment, engine: { ...run.equipment.engine, precision } },
    stop: run.stop.flag,
  };
}
