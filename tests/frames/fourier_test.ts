import assert from "node:assert/strict";
import fc from "fast-check";
import { type ComplexArray, loadFourier } from "../../lib/frames/fourier.ts";
import { uniformValues } from "../../lib/frames/noise.ts";

const fourier = await loadFourier();

function noiseOf(shape: readonly number[]): ComplexArray {
  const count = shape.reduce((product, length) => product * length, 1);
  const values = (frame: number) =>
    Float64Array.from(uniformValues({ seed: 3, frame, purpose: "generated" }, count));
  return { shape, real: values(0), imaginary: values(1) };
}

function largestDifference(a: ComplexArray, b: ComplexArray): number {
  return a.real.reduce(
    (most, value, i) =>
      Math.max(most, Math.abs(value - b.real[i]!), Math.abs(a.imaginary[i]! - b.imaginary[i]!)),
    0,
  );
}

/** Along each dimension in turn, the place in it of the value at `index`. */
function placeOf(index: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  for (const length of shape.toReversed()) {
    place.unshift(index % length);
    index = Math.floor(index / length);
  }
  return place;
}

/** The sum that the forward transform stands for, term by term. */
function slowly({ shape, real, imaginary }: ComplexArray): ComplexArray {
  const places = Array.from(real, (_, index) => placeOf(index, shape));
  const sums = places.map((frequency) => {
    let [re, im] = [0, 0];
    for (const [at, place] of places.entries()) {
      const turns = shape.reduce((sum, length, axis) => sum + frequency[axis]! * place[axis]! / length, 0);
      const [cosine, sine] = [Math.cos(2 * Math.PI * turns), -Math.sin(2 * Math.PI * turns)];
      re += real[at]! * cosine - imaginary[at]! * sine;
      im += real[at]! * sine + imaginary[at]! * cosine;
    }
    return [re, im] as const;
  });
  return {
    shape,
    real: Float64Array.from(sums, ([re]) => re),
    imaginary: Float64Array.from(sums, ([, im]) => im),
  };
}

Deno.test("forward() is the sum that it stands for, in one, two and three dimensions of any lengths", () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(shapes, (shape) => {
      const values = noiseOf(shape);
      const expected = slowly(values);
      fourier.forward(values);
      assert(largestDifference(values, expected) < 1e-11, shape.join(" x "));
    }),
    { numRuns: 60, seed: 14, examples: [[[1]], [[13]], [[1, 1, 7]], [[16, 9]], [[5, 7, 3]], [[2, 2, 2]]] },
  );
});

Deno.test("inverse() gives back what forward() was given, also of prime lengths and of more lines than fit at a time", () => {
  for (const shape of [[1009], [3, 1009], [2, 127, 359], [300, 256]]) {
    const values = noiseOf(shape);
    fourier.forward(values);
    fourier.inverse(values);
    assert(largestDifference(values, noiseOf(shape)) < 1e-11, shape.join(" x "));
  }
});

Deno.test("values that do not fill their shape are refused", () => {
  assert.throws(() => fourier.forward({ ...noiseOf([3, 4]), shape: [3, 5] }), /12 and 12 values for 3 x 5/);
});
