/**
 * A smooth random warp after Stojanoski & Cusack, "Time to wave good-bye to phase scrambling: creating controlled scrambled
 * images using diffeomorphic transformations", Journal of Vision 14(12):6, 2014: a field of waves with random amplitudes and
 * phases, followed in small steps. Here the part of the field that points out of the frame is 0 at its edges, so that the
 * frame is mapped onto itself and nothing is lost or made up; theirs leads out of the picture.
 * @module
 */
import type { Size } from "../frames/frame.ts";
import { uniformValues } from "../frames/noise.ts";

/** What decides a warp. */
export interface WarpSettings {
  /**
   * How far the field carries: the root mean square, across and down each, of its length over all steps, in frame heights.
   * Places move less, for they pass through parts of the field that point elsewhere.
   */
  readonly amount: number;
  /** Waves of up to so many cycles per frame, across and down. */
  readonly components: number;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** In how many steps the field is followed; left out: `stepsNeeded`, and 20 at least, as in the paper. */
  readonly steps?: number;
}

/** A place in a frame in pixels: the center of the first pixel is at 0.5, 0.5. */
export interface Place {
  /** Down from the upper edge. */
  readonly y: number;
  /** To the right of the left edge. */
  readonly x: number;
}

/** The step of a warp at a place, and its derivatives. */
export interface WarpStep {
  /** Down, in pixels. */
  readonly y: number;
  /** To the right, in pixels. */
  readonly x: number;
  /** Derivative of x by the place's x. */
  readonly xByX: number;
  /** Derivative of x by the place's y. */
  readonly xByY: number;
  /** Derivative of y by the place's x. */
  readonly yByX: number;
  /** Derivative of y by the place's y. */
  readonly yByY: number;
}

/** A warp of frames of one size. */
export interface Warp extends Size {
  /** How many steps it takes. */
  readonly steps: number;
  /** Where the step from a place leads. */
  next(place: Place): Place;
  /** The step from a place with its derivatives. */
  stepAt(place: Place): WarpStep;
}

/** The paper's. */
const usualSteps = 20;

/** Points across and down at which the field's root mean square is taken. */
const sampled = 64;

/**
 * Amplitudes of the waves sin(pi j a) cos(pi k b + phase), j and k from 1 to `count`, with the cosine and the sine of the
 * phase multiplied in: [(k - 1) count + j - 1]. `a` runs from 0 to 1 in the direction in which the field points.
 */
interface Waves {
  readonly count: number;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** The waves of one direction from their share of the random numbers. */
function wavesOf(count: number, amplitudes: Float32Array, phases: Float32Array): Waves {
  const part = (of: (angle: number) => number) =>
    Float64Array.from(amplitudes, (amplitude, i) => amplitude * of(2 * Math.PI * phases[i]!));
  const raw: Waves = { count, cosines: part(Math.cos), sines: part(Math.sin) };
  let sum = 0;
  for (let i = 0; i < sampled; i++) {
    for (let j = 0; j < sampled; j++) {
      sum += waveSum(raw, tones((i + 0.5) / sampled, count), tones((j + 0.5) / sampled, count)).value ** 2;
    }
  }
  const size = Math.sqrt(sum) / sampled;
  const scaled = (values: Float64Array) => values.map((value) => value / size);
  return { count, cosines: scaled(raw.cosines), sines: scaled(raw.sines) };
}

/** Sines and cosines of pi k position, k from 1 to `count`. */
interface Tones {
  readonly sines: Float64Array;
  readonly cosines: Float64Array;
}

function tones(position: number, count: number): Tones {
  const sines = new Float64Array(count);
  const cosines = new Float64Array(count);
  const [sine, cosine] = [Math.sin(Math.PI * position), Math.cos(Math.PI * position)];
  let [s, c] = [0, 1];
  for (let k = 0; k < count; k++) {
    [s, c] = [s * cosine + c * sine, c * cosine - s * sine];
    sines[k] = s;
    cosines[k] = c;
  }
  return { sines, cosines };
}

/** The sum of the waves at a place, and its derivatives by `a` and by `b`, each from 0 to 1. */
function waveSum({ count, cosines, sines }: Waves, along: Tones, across: Tones) {
  let [value, byAlong, byAcross] = [0, 0, 0];
  for (let k = 0; k < count; k++) {
    let [re, im, reSlope, imSlope] = [0, 0, 0, 0];
    for (let j = 0; j < count; j++) {
      const [p, q] = [cosines[k * count + j]!, sines[k * count + j]!];
      const sine = along.sines[j]!;
      const slope = Math.PI * (j + 1) * along.cosines[j]!;
      re += p * sine;
      im += q * sine;
      reSlope += p * slope;
      imSlope += q * slope;
    }
    const [c, s] = [across.cosines[k]!, across.sines[k]!];
    value += c * re - s * im;
    byAlong += c * reSlope - s * imSlope;
    byAcross -= Math.PI * (k + 1) * (s * re + c * im);
  }
  return { value, byAlong, byAcross };
}

/** The most that the derivatives by `a` and by `b` can be, as sums of absolute values. */
function steepest({ count, cosines, sines }: Waves): { readonly along: number; readonly across: number } {
  let [along, across] = [0, 0];
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < count; j++) {
      const size = Math.hypot(cosines[k * count + j]!, sines[k * count + j]!);
      along += Math.PI * (j + 1) * size;
      across += Math.PI * (k + 1) * size;
    }
  }
  return { along, across };
}

function drawWaves({ components, seed }: WarpSettings): { readonly down: Waves; readonly right: Waves } {
  const count = 2 * components;
  const waves = count * count;
  const values = uniformValues({ seed, frame: 0, purpose: "warp" }, 4 * waves);
  const part = (index: number) => values.subarray(index * waves, (index + 1) * waves);
  return { down: wavesOf(count, part(0), part(1)), right: wavesOf(count, part(2), part(3)) };
}

/**
 * So many steps make sure that nothing folds: the field of one step then changes by less than 1 pixel per pixel everywhere
 * (each row of its derivatives has an absolute sum below 1), so that each step, and with it the warp, has a positive
 * Jacobian determinant and maps the frame onto itself one to one.
 */
export function stepsNeeded(settings: WarpSettings, size: Size): number {
  return stepsFor(drawWaves(settings), settings.amount, size);
}

/** In how many steps a warp of frames of this size is followed: as chosen, else as many as are needed, and 20 at least. */
export function stepsTaken(settings: WarpSettings, size: Size): number {
  return settings.steps ?? Math.max(usualSteps, stepsNeeded(settings, size));
}

function stepsFor(
  { down, right }: ReturnType<typeof drawWaves>,
  amount: number,
  { height, width }: Size,
): number {
  const rows = [
    { ...steepest(down), length: height, other: width },
    { ...steepest(right), length: width, other: height },
  ].map(({ along, across, length, other }) => amount * height * (along / length + across / other));
  return Math.floor(Math.max(...rows)) + 1;
}

/** The warp of frames of this size. Nothing folds when `steps` is at least `stepsNeeded`. */
export function createWarp(settings: WarpSettings, { height, width }: Size): Warp {
  const waves = drawWaves(settings);
  const { amount } = settings;
  const steps = settings.steps ?? Math.max(usualSteps, stepsFor(waves, amount, { height, width }));
  const { down, right } = waves;
  const pixels = amount * height / steps;
  const stepAt = ({ y, x }: Place): WarpStep => {
    const [rows, columns] = [tones(y / height, down.count), tones(x / width, right.count)];
    const [v, u] = [waveSum(down, rows, columns), waveSum(right, columns, rows)];
    return {
      y: pixels * v.value,
      x: pixels * u.value,
      yByY: pixels * v.byAlong / height,
      yByX: pixels * v.byAcross / width,
      xByX: pixels * u.byAlong / width,
      xByY: pixels * u.byAcross / height,
    };
  };
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  return {
    height,
    width,
    steps,
    stepAt,
    next(place) {
      const step = stepAt(place);
      return { y: within(place.y + step.y, height), x: within(place.x + step.x, width) };
    },
  };
}

/** Where all steps lead from a place. */
export function warpedPlace(warp: Warp, place: Place): Place {
  let at = place;
  for (let step = 0; step < warp.steps; step++) at = warp.next(at);
  return at;
}

/** The Jacobian determinant of the warp at a place: the product of its steps'. 1 where areas stay as they are. */
export function jacobianDeterminant(warp: Warp, place: Place): number {
  let product = 1;
  let at = place;
  for (let step = 0; step < warp.steps; step++) {
    const { xByX, xByY, yByX, yByY } = warp.stepAt(at);
    product *= (1 + xByX) * (1 + yByY) - xByY * yByX;
    at = warp.next(at);
  }
  return product;
}
