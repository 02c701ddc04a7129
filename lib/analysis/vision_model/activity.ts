/**
 * The activity of a layer, whatever model it is of: channels, times and places.
 * @module
 */
import { RunError } from "../../errors.ts";
import type { ModelInput } from "../../models/model_file/model_json.ts";
import type { Representation } from "../cka.ts";
import { axesOf, type Axis } from "./prepared_frame.ts";

/** What a layer makes of one window of frames. */
export interface Activity {
  readonly channels: number;
  /** Times that the layer tells apart. */
  readonly frames: number;
  /** Places of each time. */
  readonly locations: number;
  /** channels x frames x locations. */
  readonly data: Float32Array;
}

/** What a layer makes of one window, also in the order that the model has. */
export interface LayerActivity extends Activity {
  /** Without the batch's axis, as the model has it. */
  readonly shape: readonly number[];
  /** In the order of `shape`. */
  readonly values: Float32Array;
}

/** What counts as a sample when layers are compared. */
export const sampleChoices = ["locations", "channels", "frames"] as const;

/** What counts as a sample when layers are compared. */
export type Samples = (typeof sampleChoices)[number];

/**
 * The axes of a layer. One that has as many as the input has the input's; of fewer, one is channels, two are tokens with
 * their channels, as transformers have them, and the others leave out time.
 */
function layerAxes(axes: number, layout: ModelInput["layout"]): readonly Axis[] | undefined {
  const [, ...input] = axesOf(layout);
  if (axes === input.length) return input;
  if (axes === 1) return ["C"];
  if (axes === 2) return ["W", "C"];
  return axes === input.length - 1 ? input.filter((axis) => axis !== "T") : undefined;
}

/** Which axis beside the batch's counts as that of the channels; undefined for what is no layer. */
export function channelAxis(axes: number, layout: ModelInput["layout"]): number | undefined {
  return layerAxes(axes, layout)?.indexOf("C");
}

/** What keeps a tensor of so many axes beside the batch's from being read as a layer; undefined when nothing does. */
export function axesProblem(axes: number, layout: ModelInput["layout"]): string | undefined {
  if (axes > 0 && layerAxes(axes, layout) !== undefined) return undefined;
  return `it has ${axes} axes beside the batch; a layer of a ${layout} model has 1 to ${layout.length - 1}`;
}

/**
 * How many samples a layer has in each window; undefined where the model leaves lengths open.
 * @param shape without the batch's axis
 */
export function samplesOf(
  shape: readonly (number | null)[],
  samples: Samples,
  layout: ModelInput["layout"],
): number | undefined {
  const axes = layerAxes(shape.length, layout) ?? [];
  const counted: Readonly<Record<Samples, readonly Axis[]>> = {
    locations: ["T", "H", "W"],
    channels: ["C"],
    frames: ["T"],
  };
  return axes.reduce<number | undefined>((product, axis, index) => {
    const length = counted[samples].includes(axis) ? shape[index] ?? undefined : 1;
    return product === undefined || length === undefined ? undefined : product * length;
  }, 1);
}

/**
 * A layer's numbers for one window.
 * Throws a RunError when they have more or fewer axes than a layer of such a model can have.
 */
export function activityOf(
  layer: string,
  shape: readonly number[],
  data: Float32Array,
  layout: ModelInput["layout"],
): LayerActivity {
  const axes = layerAxes(shape.length, layout);
  if (axes === undefined) {
    throw new RunError(`${layer} is no layer: ${axesProblem(shape.length, layout)}`);
  }
  const length = (wanted: Axis) => shape[axes.indexOf(wanted)] ?? 1;
  const [channels, frames] = [length("C"), length("T")];
  const locations = length("H") * length("W");
  const steps = stepsOf(axes, shape);
  const isInOrder = steps("C") === frames * locations && (frames === 1 || steps("T") === locations);
  return {
    shape,
    values: data,
    channels,
    frames,
    locations,
    data: isInOrder ? data : reordered(data, { channels, frames, locations }, steps),
  };
}

/** How far apart neighbors along an axis lie. */
function stepsOf(axes: readonly Axis[], shape: readonly number[]): (axis: Axis) => number {
  return (axis) => {
    const at = axes.indexOf(axis);
    return at < 0 ? 0 : shape.slice(at + 1).reduce((product, length) => product * length, 1);
  };
}

function reordered(
  data: Float32Array,
  { channels, frames, locations }: Pick<Activity, "channels" | "frames" | "locations">,
  steps: (axis: Axis) => number,
): Float32Array {
  const out = new Float32Array(data.length);
  // Rows and columns stay together: the place's axis is the innermost of the two.
  const [alongC, alongT, alongPlaces] = [steps("C"), steps("T"), steps("W")];
  let next = 0;
  for (let c = 0; c < channels; c++) {
    for (let t = 0; t < frames; t++) {
      for (let i = 0; i < locations; i++) out[next++] = data[c * alongC + t * alongT + i * alongPlaces]!;
    }
  }
  return out;
}

/** The activity of successive windows as one, for models that see one frame at a time. */
export function joined(activities: readonly Activity[]): Activity {
  const [first] = activities;
  if (first === undefined) throw new RangeError("no activity to join");
  if (activities.length === 1) return first;
  const { channels, locations } = first;
  const frames = activities.reduce((sum, { frames }) => sum + frames, 0);
  const data = new Float32Array(channels * frames * locations);
  let next = 0;
  for (let c = 0; c < channels; c++) {
    for (const { frames, data: own } of activities) {
      const length = frames * locations;
      data.set(own.subarray(c * length, (c + 1) * length), next);
      next += length;
    }
  }
  return { channels, frames, locations, data };
}

/** The activity as samples with features: of places and times their channels, or the other way round, or of times all else. */
export function representationOf(activity: Activity, samples: Samples): Representation {
  const { channels, frames, locations, data } = activity;
  const rest = data.length / channels;
  switch (samples) {
    case "locations":
      return { samples: rest, features: channels, order: "by_feature", data };
    case "channels":
      return { samples: channels, features: rest, order: "by_sample", data };
    case "frames":
      return {
        samples: frames,
        features: channels * locations,
        order: "by_sample",
        data: byFrame(activity),
      };
  }
}

function byFrame({ channels, frames, locations, data }: Activity): Float32Array {
  const out = new Float32Array(data.length);
  for (let t = 0; t < frames; t++) {
    for (let c = 0; c < channels; c++) {
      const start = (c * frames + t) * locations;
      out.set(data.subarray(start, start + locations), (t * channels + c) * locations);
    }
  }
  return out;
}
