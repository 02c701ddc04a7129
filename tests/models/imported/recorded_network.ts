/**
 * The networks beside this file, and what PyTorch made of them (fixtures/record.py).
 * @module
 */
import { fileURLToPath } from "node:url";
import { decodeNpz, npzArray } from "../../../lib/formats/npz.ts";
import type { Frame } from "../../../lib/frames/frame.ts";
import {
  declareImported,
  lookAtModel,
  readImported,
  streamOfImported,
} from "../../../lib/models/imported/open_model.ts";
import type { StreamModel } from "../../../lib/models/stream_model.ts";
import { sha256OfFile } from "../../../lib/store/checksum.ts";

/** A network with its layers' losses between two windows of frames, and the gradient of their mean by the last frame. */
export interface RecordedNetwork {
  readonly model: StreamModel;
  readonly generated: readonly Frame[];
  readonly target: readonly Frame[];
  readonly recorded: {
    readonly [term in "texture" | "content"]: {
      readonly losses: ArrayLike<number>;
      readonly gradient: ArrayLike<number>;
    };
  };
}

/** Path of a file that was recorded. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

/** One of the networks beside this file. */
export async function recordedNetwork(name: string): Promise<RecordedNetwork> {
  return await readRecorded(name, fixturePath(`${name}.json`), fixturePath(`${name}.npz`));
}

/** Opens a network and reads what was recorded of it. */
export async function readRecorded(name: string, json: string, file: string): Promise<RecordedNetwork> {
  const found = await lookAtModel(json, sha256OfFile);
  const imported = await readImported(found);
  const declaration = declareImported(name, found, imported);
  const arrays = decodeNpz(await Deno.readFile(file), file);
  const numbers = (array: string): ArrayLike<number> =>
    Float64Array.from(npzArray(arrays, array, file).data, Number);
  return {
    model: streamOfImported(declaration, found, imported),
    generated: framesOf(npzArray(arrays, "generated", file)),
    target: framesOf(npzArray(arrays, "target", file)),
    recorded: {
      texture: { losses: numbers("texture_losses"), gradient: numbers("texture_gradient") },
      content: { losses: numbers("content_losses"), gradient: numbers("content_gradient") },
    },
  };
}

function framesOf({ shape, data }: { shape: readonly number[]; data: ArrayLike<number | bigint> }): Frame[] {
  const [count = 0, height = 0, width = 0] = shape;
  const values = Float32Array.from(data, Number);
  const length = height * width * 3;
  return Array.from(
    { length: count },
    (_, frame) => ({ height, width, data: values.slice(frame * length, (frame + 1) * length) }),
  );
}
