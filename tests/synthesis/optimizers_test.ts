import assert from "node:assert/strict";
import { createOptimizer } from "../../lib/synthesis/optimizers/table.ts";
import type { OptimizerSettings } from "../../lib/synthesis/settings.ts";

const frame = { height: 1, width: 2, data: Float32Array.of(0.5, 0.5, 0.5, 0.001, 0.999, 0.5) };

function step(settings: OptimizerSettings, gradient: readonly number[], learningRate = 0.01) {
  const optimizer = createOptimizer(settings);
  return optimizer.update({
    frame,
    gradient: Float32Array.from(gradient),
    learningRate,
    loss: 1,
    iteration: 1,
    state: optimizer.init(frame),
  });
}

function assertValues(found: Float32Array, expected: readonly number[]) {
  assert.deepEqual(found, Float32Array.from(expected));
}

Deno.test("descent divides the gradient by its population standard deviation and clips to [0, 1]", () => {
  const gradient = [1, -1, 3, 3, -3, -3]; // mean 0, standard deviation sqrt(38 / 6)
  const s = Math.sqrt(38 / 6);
  const { frame: next, moved } = step({ name: "descent", normalize_gradient: true }, gradient);
  assert.ok(moved);
  assertValues(next.data, [0.5 - 0.01 / s, 0.5 + 0.01 / s, 0.5 - 0.03 / s, 0, 1, 0.5 + 0.03 / s]);
});

Deno.test("descent takes the standard deviation around the mean", () => {
  const { frame: next } = step({ name: "descent", normalize_gradient: true }, [9, 11, 9, 11, 9, 11]);
  assertValues(next.data.slice(0, 1), [0.5 - 0.09]);
});

Deno.test("descent can normalize per channel, or not at all", () => {
  const gradient = [0.1, 2, 0, 0.3, 6, 0];
  const perChannel = step({ name: "descent", normalize_gradient: "per_channel" }, gradient, 0.001);
  assertValues(perChannel.frame.data, [0.5 - 0.001, 0.5 - 0.001, 0.5, 0, 0.999 - 0.003, 0.5]);
  const plain = step({ name: "descent", normalize_gradient: false }, gradient, 0.001);
  assertValues(plain.frame.data.slice(0, 2), [0.5 - 0.0001, 0.5 - 0.002]);
});

Deno.test("a gradient as small as the temporal terms' moves the frame as far as a large one", () => {
  const gradient = [1, -1, 3, 3, -3, -3];
  const large = step({ name: "descent", normalize_gradient: true }, gradient);
  const small = step(
    { name: "descent", normalize_gradient: true },
    gradient.map((value) => value * 2 ** -40),
  );
  assert.deepEqual(small.frame, large.frame);
});

Deno.test("a gradient without deviation, or one that is not finite, moves nothing", () => {
  const settings: readonly OptimizerSettings[] = [
    { name: "descent", normalize_gradient: true },
    { name: "descent", normalize_gradient: "per_channel" },
  ];
  for (const setting of settings) {
    const { moved, frame: next } = step(setting, [2, 2, 2, 2, 2, 2]);
    assert.equal(moved, false);
    assert.equal(next, frame);
  }
  for (const setting of [...settings, { name: "descent", normalize_gradient: false } as const, adam]) {
    assert.equal(step(setting, [1, 2, NaN, 3, NaN, NaN].map((value) => value * NaN)).moved, false);
  }
});

const adam: OptimizerSettings = { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };

Deno.test("adam's first step has the length of the learning rate, whatever the gradient", () => {
  const { frame: next } = step(adam, [1, -100, 0.01, 0, 0, 0]);
  next.data.slice(0, 4).forEach((value, i) => {
    assert.ok(Math.abs(value - ([0.49, 0.51, 0.49, 0.001][i] ?? NaN)) < 1e-6, `value ${i} is ${value}`);
  });
});

Deno.test("adam's second step follows the paper's algorithm", () => {
  const optimizer = createOptimizer(adam);
  const [first, second] = [Float32Array.of(1, 0, 0, 0, 0, 0), Float32Array.of(3, 0, 0, 0, 0, 0)];
  const one = optimizer.update({
    frame,
    gradient: first,
    learningRate: 0.01,
    loss: 1,
    iteration: 1,
    state: optimizer.init(frame),
  });
  const two = optimizer.update({
    frame: one.frame,
    gradient: second,
    learningRate: 0.01,
    loss: 1,
    iteration: 2,
    state: one.state,
  });
  const m = (0.1 * 0.9 * 1 + 0.1 * 3) / (1 - 0.81);
  const v = (0.01 * 0.99 * 1 + 0.01 * 9) / (1 - 0.9801);
  const expected = (one.frame.data[0] ?? NaN) - 0.01 * m / (Math.sqrt(v) + 1e-8);
  assert.ok(Math.abs((two.frame.data[0] ?? NaN) - expected) < 1e-7);
});

Deno.test("an update leaves the state that it was given as it was", () => {
  const optimizer = createOptimizer(adam);
  const state = optimizer.init(frame);
  const gradient = new Float32Array(6).fill(1);
  optimizer.update({ frame, gradient, learningRate: 0.1, loss: 1, iteration: 1, state });
  assert.deepEqual(state, optimizer.init(frame));
});

Deno.test("adam tells by how much its epsilon shortens a step, and otherwise says nothing", () => {
  const gradient = [1, -1, 1, -1, 1, -1];
  const { frame: next, slowed } = step(adam, gradient.map((value) => 1e-10 * value));
  assert.ok(Math.abs((slowed ?? NaN) - 101) < 1, `${slowed}`);
  const moved = Math.abs(0.5 - (next.data[0] ?? NaN));
  assert.ok(Math.abs(moved - 0.01 / 101) < 1e-6, `${moved}`);
  const smaller = step({ ...adam, epsilon: 1e-14 }, gradient.map((value) => 1e-10 * value));
  assert.equal(smaller.slowed, undefined);
  assertValues(smaller.frame.data.slice(0, 1), [0.49 + 0.01 * 1e-4]);
  assert.equal(step(adam, gradient).slowed, undefined);
});
