/** How near a generated clip is to its target in the models, and how far in the pixels. */
import type { Engine, TensorValue } from "../../lib/engines/engine.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { grayValues } from "../../lib/frames/gray.ts";
import type { StreamModel } from "../../lib/models/stream_model.ts";
import { evaluateModel, named } from "../models/evaluate_model.ts";

/** Relative squared distance ||G - G'||^2 / ||G'||^2 of Gram matrices, by layer; a pair of frames each, the later one last. */
export async function gramResiduals(
  engine: Engine,
  model: StreamModel,
  generated: readonly Frame[],
  target: readonly Frame[],
): Promise<Readonly<Record<string, number>>> {
  const layers = model.declaration.defaultTextureLayers;
  const seen = (frames: readonly Frame[]) => frames.slice(-model.declaration.frames).map(asTensor);
  const made = await evaluateModel(engine, model, seen(generated), layers);
  const wanted = await evaluateModel(engine, model, seen(target), layers);
  return Object.fromEntries(layers.map((layer) => {
    const [a, b] = [named(made, `gram ${layer}`).data, named(wanted, `gram ${layer}`).data];
    return [layer, sumOfSquares(a, b) / sumOfSquares(b)];
  }));
}

/** The largest difference of the means of red, green and blue. */
export function channelMeanDifference(a: Frame, b: Frame): number {
  const means = ({ data }: Frame) =>
    [0, 1, 2].map((channel) => mean(data.filter((_, index) => index % 3 === channel)));
  const [first, second] = [means(a), means(b)];
  return Math.max(...first.map((value, channel) => Math.abs(value - (second[channel] ?? NaN))));
}

/** Correlation of the change from one frame to the next with the change after it: near -1 is flicker. */
export function successiveChanges(first: Frame, second: Frame, third: Frame): number {
  return correlation(difference(second, first), difference(third, second));
}

/** Correlation of the mean luminances of blocks of 8 x 8 pixels: near 1 is a copy. */
export function blockLuminanceCorrelation(a: Frame, b: Frame): number {
  return correlation(blockLuminances(a), blockLuminances(b));
}

function blockLuminances(frame: Frame, side = 8): number[] {
  const gray = grayValues(frame);
  const [rows, columns] = [Math.floor(frame.height / side), Math.floor(frame.width / side)];
  return Array.from({ length: rows * columns }, (_, block) => {
    const [top, left] = [Math.floor(block / columns) * side, (block % columns) * side];
    let sum = 0;
    for (let pixel = 0; pixel < side * side; pixel++) {
      sum += gray[(top + Math.floor(pixel / side)) * frame.width + left + pixel % side] ?? NaN;
    }
    return sum / side ** 2;
  });
}

function asTensor({ height, width, data }: Frame): TensorValue {
  return { shape: [height, width, 3], data };
}

function difference(a: Frame, b: Frame): Float64Array {
  return Float64Array.from(a.data, (value, index) => value - (b.data[index] ?? NaN));
}

function sumOfSquares(a: Float32Array, b?: Float32Array): number {
  let sum = 0;
  for (const [index, value] of a.entries()) sum += (value - (b?.[index] ?? 0)) ** 2;
  return sum;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? NaN;
  return sum / values.length;
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [(a[index] ?? NaN) - meanA, (b[index] ?? NaN) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
