/**
 * Models whose activations can be computed by hand, so that losses and schedules can be tested on frames of a few pixels.
 */
import { uniformNoise } from "../../lib/frames/noise.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { divide, multiply, subtract, transpose } from "../../lib/graph/operations.ts";
import { activationsOf } from "../../lib/models/activations.ts";
import type { ModelSource, Stream, StreamModel } from "../../lib/models/stream_model.ts";

function declaration(name: string, stream: Stream, frames: number, layers: readonly string[]) {
  return {
    name,
    stream,
    frames,
    layers,
    defaultTextureLayers: layers,
    defaultContentLayers: layers.slice(0, 1),
    smallestSide: 1,
    citation: "",
    cites: [],
  };
}

/** `color`: the frame's three channels. `square`: their squares. `inverse`: 1 / them, NaN where one is 0. */
const colors: StreamModel = {
  declaration: {
    ...declaration("colors", "spatial", 1, ["color", "square", "inverse"]),
    defaultTextureLayers: ["color", "square"],
  },
  layers([frame], wanted) {
    if (frame === undefined) throw new Error("colors without a frame");
    const color = transpose(frame, [2, 0, 1]);
    const all = { color, square: multiply(color, color), inverse: divide(color, multiply(color, color)) };
    return Object.fromEntries(
      Object.entries(all).flatMap(([name, layer]) =>
        wanted.includes(name) ? [[name, activationsOf([layer])]] : []
      ),
    );
  },
};

/** `change`: the frame less the frame before, channel by channel. */
const changes: StreamModel = {
  declaration: declaration("changes", "temporal", 2, ["change"]),
  layers([previous, frame]) {
    if (previous === undefined || frame === undefined) throw new Error("changes without two frames");
    return { change: activationsOf([transpose(subtract(frame, previous), [2, 0, 1])]) };
  },
};

/** Opens `colors` and `changes`. */
export const tinyModels: ModelSource = {
  open(name) {
    const model = [colors, changes].find(({ declaration }) => declaration.name === name);
    return model ? Promise.resolve(model) : Promise.reject(new Error(`no tiny model ${name}`));
  },
};

/** The tiny models as streams. */
export const tinyStreams = { spatial: "colors", temporal: "changes" } as const;

/** A pair of noise frames, as a target. */
export function noisePair(seed: number, height: number, width: number) {
  return { previous: noiseFrame(seed, height, width), current: noiseFrame(seed + 1, height, width) };
}

/** A frame of noise. */
export function noiseFrame(seed: number, height: number, width: number): Frame {
  return uniformNoise({ seed, frame: 0, purpose: "generated" }, height, width);
}
