/**
 * ffmpeg and ffprobe: which ones are used, and whether they can write what we write.
 * @module
 */
import { MissingError } from "../../errors.ts";
import { installFfmpeg, reinstall } from "./commands.ts";
import type { Diagnosis, Examination } from "./diagnosis.ts";

/** The encoders of the two videos that every result gets. */
const encoders = ["ffv1", "libx264"];

/** One for each program. */
export const programExaminations: readonly Examination[] = [
  { what: "ffmpeg", fix: installFfmpeg(), look: lookAtFfmpeg },
  { what: "ffprobe", fix: installFfmpeg(), look: lookAtFfprobe },
];

async function lookAtFfmpeg(): Promise<Omit<Diagnosis, "what">> {
  const path = await pathOf("ffmpeg");
  if (path === undefined) return notThere("ffmpeg");
  const found = `${await versionOf(path)}, ${path}`;
  const listed = await output(path, ["-hide_banner", "-encoders"]);
  const absent = encoders.filter((encoder) => !new RegExp(`^ V\\S* ${encoder} `, "m").test(listed));
  if (absent.length === 0) return { state: "ok", found: `${found}, with ${encoders.join(" and ")}` };
  return {
    state: "missing",
    found: `${found}, without ${absent.join(" and ")}`,
    fix: installFfmpeg(),
  };
}

async function lookAtFfprobe(): Promise<Omit<Diagnosis, "what">> {
  const path = await pathOf("ffprobe");
  if (path === undefined) return notThere("ffprobe");
  return { state: "ok", found: `${await versionOf(path)}, ${path}` };
}

function notThere(program: string): Omit<Diagnosis, "what"> {
  return {
    state: "missing",
    found: `${program} is not on this machine; it reads and writes video files`,
    fix: [...new Set([installFfmpeg(), reinstall])].join(", or "),
  };
}

async function pathOf(program: "ffmpeg" | "ffprobe"): Promise<string | undefined> {
  const { programPath } = await import("../../video/programs.ts");
  try {
    return await programPath(program);
  } catch (error) {
    if (error instanceof MissingError) return undefined;
    throw error;
  }
}

async function versionOf(path: string): Promise<string> {
  return (await output(path, ["-version"])).match(/^\S+ version (\S+)/)?.[1] ?? "unknown version";
}

async function output(path: string, args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command(path, { args }).output();
  return new TextDecoder().decode(stdout);
}
