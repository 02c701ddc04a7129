/**
 * The statistics of Portilla & Simoncelli (2000), computed without the model's code: other filters, other scales' images.
 */
import type { Frame } from "../../../lib/frames/frame.ts";

/** A gray image. */
interface Image {
  readonly height: number;
  readonly width: number;
  readonly data: readonly number[];
}

/** Statistics by their kind. */
export interface TextureStatistics {
  readonly means: readonly number[];
  readonly variances: readonly number[];
  readonly skewnesses: readonly number[];
  readonly kurtoses: readonly number[];
  readonly extremes: readonly number[];
  /** Of low-pass images at three scales, by offset. */
  readonly autocorrelations: readonly number[];
  /** Between subband magnitudes of one scale and orientation, by offset. */
  readonly acrossPositions: readonly number[];
  readonly acrossOrientations: readonly number[];
  readonly acrossScales: readonly number[];
}

const reach = 3;
const directions = [[1, 0], [1, 1], [0, 1], [-1, 1]] as const;

export function textureStatistics(frame: Frame): TextureStatistics {
  const channels = [0, 1, 2].map((channel) => frame.data.filter((_, i) => i % 3 === channel));
  const moments = channels.map((values) => momentsOf(Array.from(values)));
  const scales = lowPassImages(grayOf(frame), 3);
  const magnitudes = scales.map((image) => directions.map((direction) => magnitudeAlong(image, direction)));
  const pairs = magnitudes.flatMap((bands) =>
    bands.flatMap((a, i) => bands.slice(i + 1).map((b) => correlation(a, b)))
  );
  return {
    means: moments.map(({ mean }) => mean),
    variances: moments.map(({ variance }) => variance),
    skewnesses: moments.map(({ skewness }) => skewness),
    kurtoses: moments.map(({ kurtosis }) => kurtosis),
    extremes: channels.flatMap((values) => [Math.min(...values), Math.max(...values)]),
    autocorrelations: scales.flatMap(autocorrelation),
    acrossPositions: magnitudes.flat().flatMap(autocorrelation),
    acrossOrientations: pairs,
    acrossScales: magnitudes.slice(1).flatMap((coarse, scale) =>
      coarse.flatMap((band) => (magnitudes[scale] ?? []).map((fine) => correlation(band, halved(fine))))
    ),
  };
}

/** Root mean square of the differences. */
export function distance(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(meanOf(a.map((value, i) => (value - (b[i] ?? NaN)) ** 2)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function momentsOf(values: readonly number[]) {
  const mean = meanOf(values);
  const central = (power: number) => meanOf(values.map((value) => (value - mean) ** power));
  const variance = central(2);
  return { mean, variance, skewness: central(3) / variance ** 1.5, kurtosis: central(4) / variance ** 2 };
}

function grayOf({ height, width, data }: Frame): Image {
  const gray = Array.from(
    { length: height * width },
    (_, i) => meanOf(Array.from(data.slice(3 * i, 3 * i + 3))),
  );
  return { height, width, data: gray };
}

/** The image, then each at half the size of the one before. */
function lowPassImages(image: Image, count: number): Image[] {
  return Array.from({ length: count - 1 }).reduce<Image[]>(
    (made) => [...made, halved(made.at(-1) ?? image)],
    [image],
  );
}

/** Means of 2 x 2 pixels. */
function halved(image: Image): Image {
  const [height, width] = [image.height >> 1, image.width >> 1];
  const data = Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [2 * Math.floor(i / width), 2 * (i % width)];
    return meanOf([[0, 0], [0, 1], [1, 0], [1, 1]].map(([dy = 0, dx = 0]) => at(image, y + dy, x + dx)));
  });
  return { height, width, data };
}

/** The pixel, or the nearest one of the image. */
function at({ height, width, data }: Image, y: number, x: number): number {
  const inside = (value: number, length: number) => Math.min(Math.max(value, 0), length - 1);
  return data[inside(y, height) * width + inside(x, width)] ?? NaN;
}

/** The magnitude of first and second differences in a direction. */
function magnitudeAlong(image: Image, [right, down]: readonly [number, number]): Image {
  const data = image.data.map((value, i) => {
    const [y, x] = [Math.floor(i / image.width), i % image.width];
    const [before, after] = [at(image, y - down, x - right), at(image, y + down, x + right)];
    return Math.hypot((after - before) / 2, value - (before + after) / 2);
  });
  return { ...image, data };
}

/** Correlations of an image with itself moved by up to three pixels, those of one sign. */
function autocorrelation(image: Image): number[] {
  const offsets = Array.from({ length: reach + 1 }, (_, dy) => dy).flatMap((dy) =>
    Array.from({ length: 2 * reach + 1 }, (_, i) => [dy, i - reach] as const)
  ).filter(([dy, dx]) => dy > 0 || dx > 0);
  return offsets.map(([dy, dx]) => {
    const moved = image.data.map((_, i) => at(image, Math.floor(i / image.width) + dy, i % image.width + dx));
    return correlation(image, { ...image, data: moved });
  });
}

function correlation(a: Image, b: Image): number {
  const [meanA, meanB] = [meanOf(a.data), meanOf(b.data)];
  const product = (x: Image, y: Image, meanX: number, meanY: number) =>
    meanOf(x.data.map((value, i) => (value - meanX) * ((y.data[i] ?? NaN) - meanY)));
  return product(a, b, meanA, meanB) / Math.sqrt(product(a, a, meanA, meanA) * product(b, b, meanB, meanB));
}
