/**
 * Linear maps of rows and columns: halving, smoothing and shifting.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import { type LineMap, transposedMap } from "../../graph/line_map.ts";
import { constant, matmul, resample } from "../../graph/operations.ts";
import { symmetricIndices } from "../symmetric_padding.ts";

/** Binomial filters: the first takes away what halving an image would turn into false patterns. */
const halvingWeights = [1, 3, 3, 1].map((weight) => weight / 8);
const smoothingWeights = [1, 4, 6, 4, 1].map((weight) => weight / 16);

/** To half the pixels, rounded down. */
export function halving(length: number): LineMap {
  return filtering(length, halvingWeights, 2);
}

/** Each pixel blurred over five. */
export function smoothing(length: number): LineMap {
  return filtering(length, smoothingWeights, 1);
}

/** Pixel i of the result is the one at i + distance, between pixels interpolated; beyond the ends, the last. */
export function shift(length: number, distance: number): LineMap {
  return mapOf(length, length, (i) => {
    const place = Math.min(Math.max(i + distance, 0), length - 1);
    const below = Math.floor(place);
    return [[below, 1 - (place - below)], [Math.min(below + 1, length - 1), place - below]];
  });
}

/** Maps the columns and the rows of [channels, height, width]. */
export function mapped(images: Tensor, rows: LineMap, columns: LineMap): Tensor {
  return resample(resample(images, 2, columns), 1, rows);
}

/** Maps each channel of [channels, height, width] in its own way. */
export function mappedEach(
  images: Tensor,
  rows: readonly LineMap[],
  columns: readonly LineMap[],
): Tensor {
  const [channels = 0, height = 0, width = 0] = images.shape;
  const right = constant(images.graph, joined(columns.map((map) => transposedMap(map).data)), [
    channels,
    width,
    width,
  ]);
  const left = constant(images.graph, joined(rows.map(({ data }) => data)), [channels, height, height]);
  return matmul(left, matmul(images, right));
}

function filtering(length: number, weights: readonly number[], step: number): LineMap {
  const mirrored = symmetricIndices(length, (weights.length - 1) >> 1);
  const to = Math.floor(length / step);
  return mapOf(to, length, (i) => weights.map((weight, k) => [mirrored[i * step + k] ?? 0, weight] as const));
}

/** @param sources which pixels a pixel is made of, with their weights */
function mapOf(
  to: number,
  from: number,
  sources: (pixel: number) => readonly (readonly [source: number, weight: number])[],
): LineMap {
  const data = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    for (const [source, weight] of sources(i)) data[i * from + source]! += weight;
  }
  return { to, from, data };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all;
}
