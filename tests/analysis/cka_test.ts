import assert from "node:assert/strict";
import fc from "fast-check";
import { linearCka, type Representation } from "../../lib/analysis/cka.ts";
import { uniformValues } from "../../lib/frames/noise.ts";

const samples = 12;

/** Numbers in [-1, 1) that vary, of a seed. */
function numbers(count: number): fc.Arbitrary<Float64Array> {
  return fc.integer({ min: 0, max: 2 ** 31 }).map((seed) =>
    Float64Array.from(
      uniformValues({ seed, frame: 0, purpose: "generated" }, count),
      (value) => 2 * value - 1,
    )
  );
}

function representation(features: number): fc.Arbitrary<Representation> {
  return numbers(samples * features).map((data) => ({ samples, features, order: "by_sample", data }));
}

/** Few features and many: both ways of computing. */
const pair = fc.tuple(
  fc.constantFrom(2, 5, 20).chain(representation),
  fc.constantFrom(3, 6, 20).chain(representation),
);

function near(found: number | undefined, expected: number | undefined, tolerance = 1e-9): void {
  if (found === undefined || expected === undefined) return assert.equal(found, expected);
  assert(Math.abs(found - expected) <= tolerance, `${found} instead of ${expected}`);
}

/** The features of each sample multiplied by a matrix, given by its columns. */
function times(x: Representation, matrix: (row: number, column: number) => number): Representation {
  const { features } = x;
  const data = Float64Array.from({ length: samples * features }, (_, index) => {
    const [sample, column] = [Math.floor(index / features), index % features];
    let sum = 0;
    for (let row = 0; row < features; row++) sum += x.data[sample * features + row]! * matrix(row, column);
    return sum;
  });
  return { ...x, data };
}

/** An orthogonal matrix: the mirror image at the plane that is perpendicular to a direction (Householder). */
function mirror(direction: Float64Array): (row: number, column: number) => number {
  const length = direction.reduce((sum, value) => sum + value * value, 0);
  return (row, column) =>
    (row === column ? 1 : 0) - (length === 0 ? 0 : 2 * direction[row]! * direction[column]! / length);
}

Deno.test("CKA lies between 0 and 1", () => {
  fc.assert(fc.property(pair, ([x, y]) => {
    const { cka } = linearCka(x, y);
    assert(cka >= 0 && cka <= 1, String(cka));
  }));
});

Deno.test("CKA of a representation with itself is 1, debiased too", () => {
  fc.assert(fc.property(representation(5), (x) => {
    const { cka, debiased } = linearCka(x, x);
    near(cka, 1);
    near(debiased, 1, 1e-6);
  }));
});

Deno.test("CKA is symmetric", () => {
  fc.assert(fc.property(pair, ([x, y]) => {
    const [one, other] = [linearCka(x, y), linearCka(y, x)];
    near(one.cka, other.cka);
    near(one.debiased, other.debiased);
  }));
});

Deno.test("CKA does not change when the features are rotated or mirrored", () => {
  fc.assert(fc.property(representation(5), representation(6), numbers(5), (x, y, direction) => {
    const [one, other] = [linearCka(x, y), linearCka(times(x, mirror(direction)), y)];
    near(one.cka, other.cka, 1e-7);
    near(one.debiased, other.debiased, 1e-5);
  }));
});

Deno.test("CKA does not change when all features are scaled alike or moved", () => {
  const factor = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(fc.property(representation(5), representation(20), factor, (x, y, factor) => {
    const changed = { ...x, data: Float64Array.from(x.data, (value) => factor * value + 4) };
    const [one, other] = [linearCka(x, y), linearCka(changed, y)];
    near(one.cka, other.cka, 1e-7);
    near(one.debiased, other.debiased, 1e-5);
  }));
});

Deno.test("the two orders of a matrix are the same representation", () => {
  fc.assert(fc.property(representation(5), representation(6), (x, y) => {
    const turned: Representation = {
      ...x,
      order: "by_feature",
      data: Float64Array.from(
        x.data,
        (_, index) => x.data[(index % samples) * 5 + Math.floor(index / samples)]!,
      ),
    };
    assert.deepEqual(linearCka(turned, y), linearCka(x, y));
  }));
});

Deno.test("constant activations are like each other and unlike anything that varies", () => {
  const constant: Representation = {
    samples,
    features: 3,
    order: "by_sample",
    data: new Float32Array(samples * 3).fill(0.1),
  };
  const varied: Representation = { ...constant, data: constant.data.map((_, index) => (index * 7) % 5) };
  assert.deepEqual(linearCka(constant, constant), { cka: 1, debiased: 1 });
  assert.deepEqual(linearCka(constant, varied), { cka: 0, debiased: 0 });
});

Deno.test("where one sample alone differs there is nothing left without the bias", () => {
  const data = Float32Array.from({ length: samples * 3 }, (_, index) => index < 3 ? index + 0.3 : 0.1);
  const outlier: Representation = { samples, features: 3, order: "by_sample", data };
  assert.equal(linearCka(outlier, outlier).debiased, 1);
  const varied: Representation = { ...outlier, data: data.map((_, index) => (index * 7) % 5) };
  assert.equal(linearCka(outlier, varied).debiased, 0);
});

Deno.test("fewer than four samples have no debiased CKA", () => {
  const x: Representation = {
    samples: 3,
    features: 2,
    order: "by_sample",
    data: Float32Array.of(1, 2, 3, 5, 4, 9),
  };
  assert.equal(linearCka(x, x).debiased, undefined);
});

Deno.test("different numbers of samples and sizes that do not fit are refused", () => {
  const x: Representation = {
    samples: 2,
    features: 2,
    order: "by_sample",
    data: Float32Array.of(1, 2, 3, 5),
  };
  const y: Representation = { ...x, samples: 1, features: 4 };
  assert.throws(() => linearCka(x, y), RangeError);
  assert.throws(() => linearCka({ ...x, features: 3 }, x), RangeError);
});
