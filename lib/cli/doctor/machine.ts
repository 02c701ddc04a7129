/**
 * The machine: Deno, processors, memory, the disk that results go to, and what draws contact sheets.
 * @module
 */
import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { temporaryPath } from "../../store/durable_write.ts";
import { freeBytes } from "../../store/free_space.ts";
import { isSystemError, systemReason, unlessAbsent } from "../../store/presence.ts";
import { dataSize } from "../display/data_size.ts";
import { reinstall } from "./commands.ts";
import type { Diagnosis, Examination } from "./diagnosis.ts";

const gibibyte = 2 ** 30;

/** A frame of 360 x 640 is 2.8 MB in the store; vgg19 with msoe at that size needs about 3 GiB of memory. */
const littleDisk = 2e9;
const littleMemory = 4 * gibibyte;

/** @param runs folder of the results */
export function machineExaminations(runs: string): readonly Examination[] {
  return [
    { what: "deno", fix: reinstall, look: lookAtDeno },
    { what: "processor", fix: "", look: lookAtProcessor },
    { what: "memory", fix: "", look: lookAtMemory },
    {
      what: "results",
      fix: "choose another folder with --out or METAMER_RUNS",
      look: () => lookAtRuns(runs),
    },
    { what: "disk", fix: "", look: () => lookAtDisk(runs) },
    { what: "contact sheets", fix: reinstall, look: lookAtDrawing },
  ];
}

function lookAtDeno(): Promise<Omit<Diagnosis, "what">> {
  const { deno, v8 } = Deno.version;
  return Promise.resolve({ state: "ok", found: `${deno}, V8 ${v8}, ${Deno.build.os} ${Deno.build.arch}` });
}

function lookAtProcessor(): Promise<Omit<Diagnosis, "what">> {
  const count = availableParallelism();
  const model = cpus()[0]?.model.trim() ?? "unknown";
  return Promise.resolve({ state: "ok", found: `${model}, ${count} ${count === 1 ? "thread" : "threads"}` });
}

function lookAtMemory(): Promise<Omit<Diagnosis, "what">> {
  const found = `${gibibytes(totalmem())}, ${gibibytes(freemem())} free`;
  if (totalmem() >= littleMemory) return Promise.resolve({ state: "ok", found });
  const fix = "render with a smaller height, such as --set videos.NAME.height=180";
  return Promise.resolve({ state: "warning", found: `${found}; large frames will not fit`, fix });
}

/** Whether files can be written is found out by writing one. */
async function lookAtRuns(runs: string): Promise<Omit<Diagnosis, "what">> {
  const folder = await nearestFolder(runs);
  const trial = temporaryPath(join(folder, "doctor"));
  try {
    await Deno.writeTextFile(trial, "");
    await Deno.remove(trial);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const fix = "choose another folder with --out or METAMER_RUNS";
    return { state: "missing", found: `${folder} cannot be written: ${systemReason(error)}`, fix };
  }
  return { state: "ok", found: folder === runs ? `${runs} can be written` : `${runs} can be made` };
}

/** The folder itself, or the first above it that is there. */
async function nearestFolder(path: string): Promise<string> {
  const found = await unlessAbsent(path, () => Deno.stat(path));
  const above = dirname(path);
  return found !== undefined || above === path ? path : await nearestFolder(above);
}

async function lookAtDisk(runs: string): Promise<Omit<Diagnosis, "what">> {
  const free = await freeBytes(runs);
  if (free === undefined) return { state: "ok", found: "the system does not tell how much is free" };
  const found = `${dataSize(free)} free for ${runs}`;
  if (free >= littleDisk) return { state: "ok", found };
  return {
    state: "warning",
    found,
    fix: "free some room, or choose another folder with --out or METAMER_RUNS",
  };
}

async function lookAtDrawing(): Promise<Omit<Diagnosis, "what">> {
  const { drawPng } = await import("../../formats/svg_to_png.ts");
  const png = await drawPng(
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>',
  );
  if (png.length > 0) return { state: "ok", found: "can be drawn" };
  return { state: "warning", found: "the drawing is empty", fix: reinstall };
}

/** "12.3 GiB" */
function gibibytes(bytes: number): string {
  return `${(bytes / gibibyte).toFixed(1)} GiB`;
}
