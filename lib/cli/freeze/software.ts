/**
 * The versions of the programs that take part in a run.
 * @module
 */
import type { Software } from "../../versions/frozen.ts";
import { describeProvenance } from "../run/provenance.ts";
import { onnxruntimeVersion, version } from "../version.ts";

/** @param file the workflow */
export async function softwareHere(file: string): Promise<Software> {
  const { ffmpeg } = await describeProvenance(file);
  return {
    metamer: version,
    deno: Deno.version.deno,
    onnxruntime: onnxruntimeVersion,
    ...(ffmpeg !== undefined && { ffmpeg }),
  };
}
