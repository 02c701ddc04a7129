/**
 * A store as a render leaves it, with frames that take no room on the disk: nobody reads them.
 * @module
 */
import { join } from "node:path";
import { describeProcess } from "../../lib/cli/run/machine.ts";
import type { Size } from "../../lib/frames/frame.ts";
import { openEventLog } from "../../lib/store/event_log.ts";
import { type FinishedFrame, replaceFrameRecords } from "../../lib/store/frame_records.ts";
import { framePath, type InstancePaths, instancePaths } from "../../lib/store/layout.ts";
import { type Manifest, writeManifest } from "../../lib/store/manifest.ts";
import { writeRunFolder } from "../../lib/store/run_folder.ts";

const layers = ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"];
const [octaves, iterations] = [3, 750];

/** How large it is. */
export interface StoreSize {
  readonly instances: number;
  readonly frames: number;
  readonly size: Size;
}

/** Makes it: all instances are finished but the last, which was stopped before its last frame. */
export async function makeStore(runs: string, { instances, frames, size }: StoreSize): Promise<void> {
  const file = join(runs, "w.yaml");
  const named = Array.from({ length: instances }, (_, index) => (
    { name: `out[seed=${index}]`, key: `synthesis-${String(index).padStart(16, "0")}`, frames }
  ));
  const content = { name: "w", file, text: "", resolved: () => "", instances: named, others: [] };
  await writeRunFolder(runs, content, describeProcess(["bench"]));
  for (const [index, { name, key }] of named.entries()) {
    const isLast = index === instances - 1;
    const paths = instancePaths(runs, key);
    const records = Array.from(
      { length: isLast ? frames - 1 : frames },
      (_, frame) => recordOf(frame, size),
    );
    await makeFiles(paths, records);
    if (!isLast) await writeManifest(paths.manifest, manifestOf(key, name, records, size));
  }
}

async function makeFiles(paths: InstancePaths, records: readonly FinishedFrame[]): Promise<void> {
  await Deno.mkdir(paths.frames, { recursive: true });
  await replaceFrameRecords(paths.frameRecords, records);
  for (const { frame, bytes } of records) {
    using file = await Deno.create(join(paths.folder, framePath(frame)));
    await file.truncate(bytes);
  }
  using log = await openEventLog(paths.events);
  const envelope = { v: 1, at: "2026-03-01T09:00:00.000Z", run: "01", stage: "out" } as const;
  const losses = { spatial_texture: 1234.5, temporal_texture: 67.8 };
  for (const { frame } of records) {
    for (let octave = octaves - 1; octave >= 0; octave--) {
      for (let iteration = 10; iteration <= iterations; iteration += 10) {
        const place = { frame, octave, iteration, iterations };
        log.append({ ...envelope, type: "iteration", ...place, losses, seconds: 1, eta_seconds: 1000 });
      }
    }
  }
}

function recordOf(frame: number, { height, width }: Size): FinishedFrame {
  const each = Object.fromEntries(layers.map((layer, index) => [layer, 0.01 * (index + 1)]));
  return {
    frame,
    sha256: "0".repeat(64),
    bytes: 128 + height * width * 3 * Float32Array.BYTES_PER_ELEMENT,
    losses: { spatial_texture: 1234.5, temporal_texture: 67.8 },
    residuals: { spatial_texture: each, temporal_texture: { concat: 0.02 } },
    seconds: 600,
    iterations: octaves * iterations,
    octaves: Array.from({ length: octaves }, (_, octave) => (
      { octave, iterations, of: iterations, ended: "iterations" }
    )),
  };
}

function manifestOf(
  key: string,
  name: string,
  records: readonly FinishedFrame[],
  { height, width }: Size,
): Manifest {
  return {
    v: 1,
    key,
    kind: "synthesis",
    format: 1,
    stage: { name: "out", instance: name },
    settings: {},
    inputs: [],
    models: [],
    video: { frames: records.length, height, width, fps: "25/1" },
    outputs: records.map(({ frame, bytes, sha256 }) => ({ path: framePath(frame), bytes, sha256 })),
    sessions: [],
    software: { metamer: "0.1.0", deno: Deno.version.deno, v8: Deno.version.v8 },
    deviations: [],
    warnings: [],
    seconds: 600 * records.length,
    iterations: octaves * iterations * records.length,
  };
}
