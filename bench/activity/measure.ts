/**
 * Shows a clip to a model batch by batch, each batch in turn by the code of the stages and by the engine alone.
 * @module
 */
import { basename, dirname } from "node:path";
import {
  inputTensor,
  type PreparedFrame,
  prepareFrame,
} from "../../lib/analysis/vision_model/prepared_frame.ts";
import { batchOf, openVisionModel } from "../../lib/analysis/vision_model/vision_model.ts";
import { openEngine } from "../../lib/engines/open.ts";
import { WorkflowError } from "../../lib/errors.ts";
import { readModel } from "../../lib/formats/onnx/read_model.ts";
import { withOutputs } from "../../lib/formats/onnx/with_outputs.ts";
import { frameFromBytes, frameToBytes } from "../../lib/frames/bytes.ts";
import type { Size } from "../../lib/frames/frame.ts";
import { lookAtModel } from "../../lib/models/imported/open_model.ts";
import { sha256OfFile } from "../../lib/store/checksum.ts";
import { noise } from "../textures.ts";

/** What is measured. */
export interface ActivityWorkload {
  readonly frames: number;
  /** Of the clip. */
  readonly size: Size;
  readonly rounds: number;
  readonly threads: number | undefined;
}

/** Seconds for all frames of the clip. */
export interface ActivityRound {
  /** From frames of 8 bits to the layers' activity, window by window. */
  readonly whole: number;
  /** Of the engine, for the batches made ready. */
  readonly engine: number;
}

/** Measures the two layers that the model's JSON names first and last. */
export async function measureActivity(
  path: string,
  { frames, size, rounds, threads }: ActivityWorkload,
): Promise<{ readonly batch: number; readonly rounds: readonly ActivityRound[] }> {
  const model = await lookAtModel(path, sha256OfFile);
  const { input, layers } = model.declaration;
  const [first, last] = [Object.keys(layers).at(0), Object.keys(layers).at(-1)];
  if (first === undefined || last === undefined || input.frames > 1) {
    throw new WorkflowError(`--model: ${path} must see single frames, and its JSON name layers`);
  }
  const named = Object.fromEntries([first, last].map((layer) => [layer, layers[layer] ?? layer]));
  const bytes = await Deno.readFile(model.onnx);
  await using engine = await openEngine({ ...(threads !== undefined && { threads }) });
  await using opened = await openVisionModel(engine, model, bytes, named);
  const where = basename(model.onnx);
  await using alone = await engine.openModel?.({
    where,
    bytes: withOutputs(readModel(bytes, where), Object.values(named)),
    folder: dirname(model.onnx),
  });
  if (alone === undefined) throw new WorkflowError("the engine runs no ONNX files");

  const batch = batchOf(model, size);
  const clip = Array.from({ length: frames }, (_, seed) => frameToBytes(noise(seed, size)));
  const batches = Array.from(
    { length: Math.ceil(frames / batch) },
    (_, i) => clip.slice(i * batch, (i + 1) * batch),
  );
  const prepare = (frame: Uint8Array): readonly PreparedFrame[] => [
    prepareFrame(frameFromBytes(frame, size.height, size.width), input),
  ];
  const measured: ActivityRound[] = [];
  // One round before those that count.
  for (let round = 0; round <= rounds; round++) {
    const seconds = { whole: 0, engine: 0 };
    for (const frames of batches) {
      const ready = inputTensor(frames.map(prepare), input.layout);
      seconds.engine += await timed(() => alone.run(input.name, ready));
      seconds.whole += await timed(() => opened.run(frames.map(prepare)));
    }
    if (round > 0) measured.push(seconds);
  }
  return { batch, rounds: measured };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
