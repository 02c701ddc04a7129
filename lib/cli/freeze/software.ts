/**
 * The versions of the programs that take part in a run.
 * @module
 */
import type { Software } from "../../versions/frozen.ts";
import { ffmpegHere } from "../run/provenance.ts";
import { onnxruntimeVersion, version } from "../version.ts";

/** As they are on this machine. */
export async function softwareHere(): Promise<Software> {
  const ffmpeg = await ffmpegHere();
  return {
    metamer: version,
    deno: Deno.version.deno,
    onnxruntime: onnxruntimeVersion,
    ...(ffmpeg !== undefined && { ffmpeg }),
  };
}
