/**
 * `runs/speeds.json`: how fast runs were, by machine, so that a plan need not guess. It is only a memory: when it is damaged it
 * counts as empty, and it may be deleted.
 * @module
 */
import { z } from "zod";
import { readMemory, writeMemory } from "./memory_file.ts";

/** What decides the speed of a machine, apart from what it computes. */
const machine = {
  cpu: z.string(),
  threads: z.int(),
  engine: z.string(),
  /** Convolutions term by term; measurements that do not say it are older than the choice. */
  exact: z.boolean().default(true),
};

const machineSchema = z.object(machine);

/** What decides the speed of a machine, apart from what it computes. */
export type SpeedOf = z.infer<typeof machineSchema>;

const speedSchema = z.object({
  ...machine,
  /** What was evaluated together. */
  parts: z.array(z.string()),
  /** Of the frame, in pixels. */
  height: z.int(),
  width: z.int(),
  /** Of one evaluation. */
  seconds: z.number().positive(),
  /** ISO 8601, UTC. */
  at: z.string(),
});

/** One measurement. */
export type MeasuredSpeed = z.infer<typeof speedSchema>;

const fileSchema = z.object({ v: z.literal(1), speeds: z.array(speedSchema) });

/** What runs have measured on such a machine. Throws RunError when the file cannot be read. */
export async function readSpeeds(path: string, machine: SpeedOf): Promise<readonly MeasuredSpeed[]> {
  return (await readAll(path)).filter((speed) => isOf(speed, machine));
}

/** Adds measurements; of the same parts, size and machine the newest is kept. Throws RunError when it cannot be written. */
export async function rememberSpeeds(path: string, measured: readonly MeasuredSpeed[]): Promise<void> {
  if (measured.length === 0) return;
  const others = (await readAll(path)).filter((old) => !measured.some((speed) => isSameThing(speed, old)));
  await writeMemory(path, { v: 1, speeds: [...others, ...measured] });
}

async function readAll(path: string): Promise<readonly MeasuredSpeed[]> {
  return (await readMemory(path, fileSchema))?.speeds ?? [];
}

function isOf(speed: SpeedOf, { cpu, threads, engine, exact }: SpeedOf): boolean {
  return speed.cpu === cpu && speed.threads === threads && speed.engine === engine && speed.exact === exact;
}

function isSameThing(one: MeasuredSpeed, other: MeasuredSpeed): boolean {
  return isOf(one, other) && one.height === other.height && one.width === other.width &&
    one.parts.join() === other.parts.join();
}
