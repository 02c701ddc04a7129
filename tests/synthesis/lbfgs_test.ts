import assert from "node:assert/strict";
import { lbfgs } from "../../lib/synthesis/optimizers/lbfgs.ts";
import { quasiNewtonDirection } from "../../lib/synthesis/optimizers/lbfgs_direction.ts";
import type { OptimizerState, Update } from "../../lib/synthesis/optimizers/optimizer.ts";
import { dot, rootMeanSquare } from "../../lib/synthesis/optimizers/vectors.ts";

const history = 10;
const size = { height: 4, width: 5 };
const count = size.height * size.width * 3;

/** A function to be minimized. */
type Objective = (point: Float32Array) => { readonly loss: number; readonly gradient: Float32Array };

/** Sum of weight (x - center)^2 / 2 with weights from 1 to `condition`; minimal at the centers, as far as these are in [0, 1]. */
function valley(condition: number, centers: (index: number) => number): Objective {
  const weight = (i: number) => condition ** (i / (count - 1));
  return (point) => ({
    loss: point.reduce((sum, value, i) => sum + weight(i) * (value - centers(i)) ** 2 / 2, 0),
    gradient: point.map((value, i) => weight(i) * (value - centers(i))),
  });
}

const centers = (index: number) => 0.5 + 0.3 * Math.sin(index);

/** Minimizes from gray; the losses seen, and the last update. */
function minimize(objective: Objective, iterations: number, learningRate = 0.01) {
  const optimizer = lbfgs({ name: "lbfgs", history });
  let update: Update = {
    frame: { ...size, data: new Float32Array(count).fill(0.5) },
    state: {},
    moved: true,
  };
  const losses: number[] = [];
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const { frame, state } = update;
    const found = objective(frame.data);
    losses.push(found.loss);
    update = optimizer.update({ frame, ...found, learningRate, iteration, state });
  }
  return { losses, ...update };
}

function assertNear(found: ArrayLike<number>, expected: (index: number) => number, tolerance: number) {
  for (let i = 0; i < found.length; i++) {
    assert.ok(Math.abs((found[i] ?? NaN) - expected(i)) < tolerance, `value ${i}: ${found[i]}`);
  }
}

Deno.test("the two-loop recursion is the product with the BFGS matrix", () => {
  const step = Float64Array.of(1, 2, -1);
  const change = Float64Array.of(2, 1, -1);
  const gradient = Float64Array.of(0.5, -1, 3);
  const rho = 1 / dot(step, change);
  const scale = dot(step, change) / dot(change, change);
  // H = (I - rho s y') scale (I - rho y s') + rho s s'
  const left = (v: Float64Array) => v.map((value, i) => value - rho * (step[i] ?? NaN) * dot(change, v));
  const right = (v: Float64Array) => v.map((value, i) => value - rho * (change[i] ?? NaN) * dot(step, v));
  const middle = right(gradient).map((value) => scale * value);
  const expected = left(middle).map((value, i) => value + rho * (step[i] ?? NaN) * dot(step, gradient));
  const found = quasiNewtonDirection(gradient, [{ step, change, curvature: dot(step, change) }], []);
  assertNear(found, (i) => -(expected[i] ?? NaN), 1e-12);
});

Deno.test("a direction descends and leaves the values that are not free where they are", () => {
  const pairs = [
    { step: Float64Array.of(1, 0, 5), change: Float64Array.of(1, 0, 5), curvature: 26 },
    // Positive over all values, negative in the free ones.
    { step: Float64Array.of(1, 1, 9), change: Float64Array.of(-1, -1, 9), curvature: 79 },
  ];
  const gradient = Float64Array.of(1, -2, 3);
  const found = quasiNewtonDirection(gradient, pairs, [2]);
  assert.ok(dot(found, gradient) < 0);
  assert.equal(Math.abs(found[2] ?? NaN), 0);
});

Deno.test("its first step has the root mean square of the learning rate", () => {
  const { frame } = minimize(valley(10, centers), 1, 0.02);
  const step = Float64Array.from(frame.data, (value) => value - 0.5);
  assert.ok(Math.abs(rootMeanSquare(step) - 0.02) < 1e-6);
});

Deno.test("a long and narrow valley is solved in few steps", () => {
  const { frame, losses } = minimize(valley(100, centers), 50);
  assertNear(frame.data, centers, 1e-3);
  assert.ok((losses.at(-1) ?? NaN) < 1e-6 * (losses[0] ?? NaN), `${losses.at(-1)} of ${losses[0]}`);
});

Deno.test("values whose minimum lies beyond a bound end on the bound, the others at their minimum", () => {
  const beyond = (index: number) => index % 3 === 0 ? -0.4 : index % 3 === 1 ? 1.5 : 0.3;
  const { frame } = minimize(valley(50, beyond), 60);
  assertNear(frame.data, (index) => Math.min(Math.max(beyond(index), 0), 1), 1e-3);
});

Deno.test("a step that raises the loss is taken back and tried at half its length", () => {
  const optimizer = lbfgs({ name: "lbfgs", history });
  const frame = { ...size, data: new Float32Array(count).fill(0.5) };
  const gradient = frame.data.map((_, i) => i % 2 === 0 ? 1 : -1);
  const common = { gradient, learningRate: 0.1, iteration: 1 };
  const first = optimizer.update({ ...common, frame, loss: 1, state: {} });
  assertNear(first.frame.data, (i) => i % 2 === 0 ? 0.4 : 0.6, 1e-6);
  const second = optimizer.update({ ...common, frame: first.frame, loss: 2, state: first.state });
  assertNear(second.frame.data, (i) => i % 2 === 0 ? 0.45 : 0.55, 1e-6);
});

Deno.test("pairs without positive curvature are not remembered, and no more than the history is", () => {
  const pairs = (state: OptimizerState) => Object.keys(state).filter((name) => name.startsWith("lbfgs_s_"));
  const hill: Objective = (point) => ({
    loss: point.reduce((sum, value) => sum - (value - 0.51) ** 2, 0),
    gradient: point.map((value) => -2 * (value - 0.51)),
  });
  assert.deepEqual(pairs(minimize(hill, 5).state), []);
  assert.equal(pairs(minimize(valley(1000, centers), 5).state).length, 4);
  assert.equal(pairs(minimize(valley(1000, centers), 30).state).length, history);
});

Deno.test("losses that only float32 tells apart do not stop it, and it stays in [0, 1]", () => {
  const noisy: Objective = (point) => {
    const { loss, gradient } = valley(100, centers)(point);
    const noise = (index: number) => Math.sin(12.9898 * index + 78.233 * (point[index] ?? NaN) * 1e4);
    return {
      loss: Math.fround(loss * (1 + 3e-7 * noise(3))),
      gradient: gradient.map((value, i) => value + 1e-6 * noise(i)),
    };
  };
  const { frame } = minimize(noisy, 80);
  assertNear(frame.data, centers, 1e-3);
});

Deno.test("a flat or infinite gradient, or one that only leads out of the bounds, moves nothing", () => {
  const optimizer = lbfgs({ name: "lbfgs", history });
  const frame = { ...size, data: new Float32Array(count).fill(0) };
  for (const slope of [0, 3, NaN, Infinity]) {
    const gradient = new Float32Array(count).fill(slope);
    const update = optimizer.update({ frame, gradient, learningRate: 0.1, loss: 1, iteration: 1, state: {} });
    assert.equal(update.moved, false, `${slope}`);
    assert.equal(update.frame, frame);
  }
});

Deno.test("it goes on from a copy of its state to the same bytes", () => {
  const objective = valley(300, centers);
  const whole = minimize(objective, 20);
  const optimizer = lbfgs({ name: "lbfgs", history });
  let { frame, state } = minimize(objective, 12);
  for (let iteration = 13; iteration <= 20; iteration++) {
    const copy = Object.fromEntries(Object.entries(state).map(([name, data]) => [name, data.slice()]));
    ({ frame, state } = optimizer.update({
      frame,
      ...objective(frame.data),
      learningRate: 0.01,
      iteration,
      state: copy,
    }));
  }
  assert.deepEqual(frame, whole.frame);
  assert.deepEqual(state, whole.state);
});
