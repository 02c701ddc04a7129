/**
 * Limited-memory BFGS (Liu & Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical
 * Programming 45, 1989) within the bounds 0 and 1, with one evaluation of the objective per update.
 * @module
 */
import type { LbfgsSettings } from "../settings.ts";
import { type CurvaturePair, quasiNewtonDirection } from "./lbfgs_direction.ts";
import { clip, type Optimizer, type OptimizerState } from "./optimizer.ts";
import { areFinite, difference, dot, rootMeanSquare } from "./vectors.ts";

/** The best frame so far, from which steps are tried. */
interface Base {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  readonly loss: number;
  /** Largest root mean square of a step. */
  readonly radius: number;
}

/** Share of the decrease that the slope promises which a step must bring (Armijo). */
const enough = 1e-4;

/** A relative rise of the loss that float32 may feign. */
const rounding = 1e-6;

/** A pair whose cosine is smaller holds no curvature but noise. */
const smallestCosine = 1e-8;

/**
 * Each update tries a step x <- clip(x + d, 0, 1) from the best frame so far. d is the quasi-Newton direction in the values
 * that are free to move: those that lie on a bound and would leave it stay (the projection of Bertsekas, SIAM J. Control and
 * Optimization 20, 1982; L-BFGS-B, Byrd et al. 1995, chooses them by a line search of its own). d is shortened to a root mean
 * square of at most `radius`, which is the learning rate at first. The next update sees what came of the step: when the
 * loss fell, it goes on from there, and doubles the radius when that had held the step back; else it returns to the best
 * frame and tries half the length, in a direction that knows the curvature found.
 */
export function lbfgs({ history }: LbfgsSettings): Optimizer {
  return {
    name: "lbfgs",
    init: () => ({}),
    update({ frame, gradient, learningRate, loss, state }) {
      if (!Number.isFinite(loss) || !areFinite(gradient)) return { frame, state, moved: false };
      const tried = { point: new Float64Array(frame.data), gradient: new Float64Array(gradient), loss };
      const before = baseOf(state);
      const step = before && difference(tried.point, before.point);
      const base = before && step ? judged(before, tried, step) : { ...tried, radius: learningRate };
      const change = before && difference(tried.gradient, before.gradient);
      const pairs = remembered(pairsOf(state), step, change).slice(-history);
      const next = stepFrom(base, pairs);
      const remaining = stateOf(base, pairs);
      if (next === undefined) return { frame, state: remaining, moved: false };
      return { frame: { ...frame, data: next }, state: remaining, moved: true };
    },
    best(state) {
      const base = baseOf(state);
      return base && { data: new Float32Array(base.point), loss: base.loss };
    },
    atEnd(state) {
      const base = baseOf(state);
      return base === undefined ? state : stateOf(base, []);
    },
  };
}

/** Where to go on after a step: from where it led, or from where it began. */
function judged(before: Base, tried: Omit<Base, "radius">, step: Float64Array): Base {
  const length = rootMeanSquare(step);
  const allowed = before.loss + enough * Math.min(0, dot(before.gradient, step)) +
    rounding * Math.abs(before.loss);
  if (!(tried.loss <= allowed)) return { ...before, radius: length / 2 };
  // A step of length 0 was rounded away: only a longer one can lead on.
  const heldBack = length === 0 || length > 0.9 * before.radius;
  return { ...tried, radius: heldBack ? 2 * before.radius : before.radius };
}

/** The pairs with the newest one, unless its curvature is not positive. */
function remembered(
  pairs: readonly CurvaturePair[],
  step: Float64Array | undefined,
  change: Float64Array | undefined,
): readonly CurvaturePair[] {
  if (step === undefined || change === undefined) return pairs;
  const curvature = dot(step, change);
  const isPositive = curvature > smallestCosine * Math.sqrt(dot(step, step) * dot(change, change));
  return isPositive ? [...pairs, { step, change, curvature }] : pairs;
}

/** The next frame's values; undefined when no value is free to move. */
function stepFrom(
  { point, gradient, radius }: Base,
  pairs: readonly CurvaturePair[],
): Float32Array | undefined {
  const direction = quasiNewtonDirection(gradient, pairs, heldByBounds(point, gradient));
  const length = rootMeanSquare(direction);
  if (!(length > 0 && Number.isFinite(length))) return undefined;
  // Without a pair the direction is the gradient, whose length means nothing.
  const share = pairs.length === 0 ? radius / length : Math.min(1, radius / length);
  const next = new Float32Array(point.length);
  for (let i = 0; i < next.length; i++) next[i] = clip(point[i]! + share * direction[i]!);
  return next;
}

/** The values that lie on a bound and would leave it, by index. */
function heldByBounds(point: Float64Array, gradient: Float64Array): number[] {
  const held: number[] = [];
  for (let i = 0; i < point.length; i++) {
    const slope = gradient[i]!;
    if (slope > 0 ? point[i]! <= 0 : slope < 0 && point[i]! >= 1) held.push(i);
  }
  return held;
}

function baseOf({ lbfgs_point, lbfgs_gradient, lbfgs_search }: OptimizerState): Base | undefined {
  if (lbfgs_point === undefined || lbfgs_gradient === undefined) return undefined;
  const [loss = NaN, radius = NaN] = lbfgs_search ?? [];
  return { point: lbfgs_point, gradient: lbfgs_gradient, loss, radius };
}

function pairsOf(state: OptimizerState): readonly CurvaturePair[] {
  const pairs: CurvaturePair[] = [];
  while (true) {
    const [step, change] = [state[`lbfgs_s_${pairs.length}`], state[`lbfgs_y_${pairs.length}`]];
    if (step === undefined || change === undefined) return pairs;
    const curvature = state.lbfgs_curvatures?.[pairs.length] ?? dot(step, change);
    pairs.push({ step, change, curvature });
  }
}

/** Each pair has arrays of its own, 0 for the oldest: two states in a row then hold most of them in common. */
function stateOf({ point, gradient, loss, radius }: Base, pairs: readonly CurvaturePair[]): OptimizerState {
  return {
    lbfgs_point: point,
    lbfgs_gradient: gradient,
    lbfgs_search: Float64Array.of(loss, radius),
    lbfgs_curvatures: Float64Array.from(pairs, ({ curvature }) => curvature),
    ...Object.fromEntries(pairs.flatMap(({ step, change }, index) => [
      [`lbfgs_s_${index}`, step],
      [`lbfgs_y_${index}`, change],
    ])),
  };
}
