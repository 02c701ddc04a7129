/**
 * The world behind `dead_leaves`: a cloud of disks in front of a moving camera.
 * @module
 */
import type { Size } from "../frame.ts";
import { noisePurposes } from "../noise.ts";
import { philox4x32 } from "../philox.ts";
import { rgbFromLab, type Triple } from "../ruderman_lab.ts";
import type { DeadLeavesSettings } from "./settings.ts";

/** A disk as the camera sees it: pixels, colors in [0, 1]. */
export interface Disk {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly color: Triple;
  /** Relative change of the color from the center to the rim, rightwards and downwards. */
  readonly shade: readonly [number, number];
}

/** How many disks lie, on average, on every line of sight. */
const disksDeep = 7;

/** Depth of the nearest disks is 1, of the farthest 9; what is seen lies mostly between 1 and 3. */
const depths = [1, 9] as const;

/** How far the camera swings to the right, down and forward. */
const swing = { right: 0.35, down: 0.15, forward: 0.45 } as const;

/** How far each disk sways by itself, and in how many frames, at least and at most. */
const sway = { reach: 0.012, periods: [40, 90] } as const;

/**
 * Means and standard deviations of l, alpha, beta: brightness varies most and green against red least, as in natural
 * scenes (Ruderman et al. 1998). Yellow goes with a little red, so that colors lie between brown and sky blue.
 */
const colorMeans: Triple = [-0.8, 0.03, 0.002];
const colorDeviations: Triple = [0.38, 0.085, 0.011];
const redOfYellow = 0.012;

/** Streams of random numbers of one disk, and the one of the camera. */
const streams = { place: 0, color: 1, motion: 2, camera: 3 } as const;

/** Four values of U(0, 1). */
type Draw = readonly [number, number, number, number];

const words = new Uint32Array(4);

/** The four values that belong to a disk and a stream. */
function draw(seed: number, disk: number, stream: number): Draw {
  philox4x32(words, seed, Math.floor(seed / 2 ** 32), disk, stream, noisePurposes.generated, 1);
  const fraction = (word: number) => (word + 0.5) / 2 ** 32;
  return [fraction(words[0]!), fraction(words[1]!), fraction(words[2]!), fraction(words[3]!)];
}

/** Two independent normal values from two uniform ones (Box & Muller 1958). */
function normalPair(a: number, b: number): readonly [number, number] {
  const length = Math.sqrt(-2 * Math.log(a));
  return [length * Math.cos(2 * Math.PI * b), length * Math.sin(2 * Math.PI * b)];
}

/** Two slow sinusoids whose periods have no common multiple that a viewer would see: between -1 and 1. */
function wander(time: number, periods: readonly [number, number], a: number, b: number): number {
  return 0.6 * Math.sin(2 * Math.PI * (time / periods[0] + a)) +
    0.4 * Math.sin(2 * Math.PI * (time / periods[1] + b));
}

/** Displacements in image heights at depth 1. */
interface Displacement {
  readonly right: number;
  readonly down: number;
  readonly forward: number;
}

/** Where the camera is at a time. */
function cameraAt(seed: number, time: number): Displacement {
  const [a, b, c, d] = draw(seed, 0, streams.camera);
  const [e, f] = draw(seed, 1, streams.camera);
  return {
    right: swing.right * wander(time, [171, 97], a, b),
    down: swing.down * wander(time, [143, 83], c, d),
    forward: swing.forward * wander(time, [199, 113], e, f),
  };
}

/** How far a disk has swayed from its place at a time. */
function swayAt(seed: number, disk: number, time: number): Omit<Displacement, "forward"> {
  const [a, b, c, d] = draw(seed, disk, streams.motion);
  const [quickest, slowest] = sway.periods;
  const along = (phase: number, pace: number) =>
    sway.reach * Math.sin(2 * Math.PI * (phase + time / (quickest + (slowest - quickest) * pace)));
  return { right: along(a, b), down: along(c, d) };
}

/** Mean of the squared radius when the density of radii falls with their third power. */
function meanSquare(smallest: number, largest: number): number {
  if (smallest === largest) return smallest ** 2;
  return (2 * Math.log(largest / smallest)) / (smallest ** -2 - largest ** -2);
}

function colorOf(
  seed: number,
  disk: number,
): { readonly color: Triple; readonly shade: readonly [number, number] } {
  const [a, b, c, d] = draw(seed, disk, streams.color);
  const [l, alpha] = normalPair(a, b);
  const [beta, slope] = normalPair(c, d);
  const [red, green, blue] = rgbFromLab([
    colorMeans[0] + colorDeviations[0] * l,
    colorMeans[1] + colorDeviations[1] * alpha,
    colorMeans[2] + colorDeviations[2] * beta + redOfYellow * alpha,
  ]);
  const limit = (value: number) => Math.min(Math.max(value, 0.01), 0.99);
  // Light comes from above.
  return { color: [limit(red), limit(green), limit(blue)], shade: [0.1 * slope, -0.12] };
}

/** The disks in view at a time (in frames), farthest first. The same seed gives the same disks at any size of one shape. */
export function* disksInView(settings: DeadLeavesSettings, time: number, size: Size): Generator<Disk> {
  const { seed, smallest, largest } = settings;
  const camera = cameraAt(seed, time);
  const halfWidth = size.width / size.height / 2;
  // The cloud reaches as far to the sides as the camera can see from anywhere on its way.
  const reach = 1 + swing.forward;
  const sideways = halfWidth * reach + swing.right + largest;
  const upwards = 0.5 * reach + swing.down + largest;
  const count = Math.ceil((disksDeep * 4 * sideways * upwards) / (Math.PI * meanSquare(smallest, largest)));
  for (let disk = count - 1; disk >= 0; disk--) {
    const [a, b, c, d] = draw(seed, disk, streams.place);
    const depth = depths[0] + ((depths[1] - depths[0]) * (disk + d)) / count;
    const distance = depth - camera.forward;
    const radius = ((smallest ** -2 - c * (smallest ** -2 - largest ** -2)) ** -0.5 * depth) / distance;
    let right = ((2 * a - 1) * sideways * depth - camera.right) / distance;
    let down = ((2 * b - 1) * upwards * depth - camera.down) / distance;
    const margin = radius + sway.reach / distance;
    if (Math.abs(right) > halfWidth + margin || Math.abs(down) > 0.5 + margin) continue;
    const swayed = swayAt(seed, disk, time);
    right += swayed.right / distance;
    down += swayed.down / distance;
    yield {
      x: (right + halfWidth) * size.height,
      y: (down + 0.5) * size.height,
      radius: radius * size.height,
      ...colorOf(seed, disk),
    };
  }
}
