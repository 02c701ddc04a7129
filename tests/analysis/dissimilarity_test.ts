import assert from "node:assert/strict";
import {
  correlationDistance,
  dissimilarities,
  type Distance,
  euclideanDistance,
  representationalSimilarity,
} from "../../lib/analysis/dissimilarity.ts";
import { spearman } from "../../lib/analysis/rank_correlation.ts";

const a = [[0.5, 1, 2, 0], [3, 1, 0, 1], [1, 1, 1, 2], [0, 2, 5, 1]].map((row) => Float32Array.from(row));
const b = [[1, 0, 2, 2], [2, 1, 1, 1], [0, 3, 1, 2], [1, 2, 4, 1]].map((row) => Float32Array.from(row));

/** By SciPy 1.16: `pdist(a, distance)`, `pdist(b, distance)` and `spearmanr` of the two. */
const scipy: Readonly<
  Record<Distance, { readonly ofA: number[]; readonly ofB: number[]; readonly rho: number }>
> = {
  correlation: {
    ofA: [
      1.581675050747111,
      1.6831300510639733,
      0.09649209709474871,
      1.1324532357065045,
      1.858395075278952,
      1.3086066999241839,
    ],
    ofB: [
      1.1740776559556978,
      1.4045199174779452,
      0.7538170180413345,
      1.7745966692414834,
      1.4714045207910318,
      1.0,
    ],
    rho: 0.4285714285714286,
  },
  euclidean: {
    ofA: [
      3.3541019662496847,
      2.29128784747792,
      3.3541019662496847,
      2.449489742783178,
      5.916079783099616,
      4.358898943540674,
    ],
    ofB: [2.0, 3.3166247903554, 3.0, 3.0, 3.3166247903554, 3.4641016151377544],
    rho: 0.3134677528639293,
  },
};

function near(found: Float64Array | readonly number[], expected: readonly number[]): void {
  assert.equal(found.length, expected.length);
  expected.forEach((value, i) =>
    assert(Math.abs(found[i]! - value) < 1e-12, `${found[i]} instead of ${value}`)
  );
}

Deno.test("dissimilarities and their rank correlation are SciPy's, ties too", () => {
  for (const distance of ["correlation", "euclidean"] as const) {
    const [ofA, ofB] = [dissimilarities(a, distance), dissimilarities(b, distance)];
    near(ofA, scipy[distance].ofA);
    near(ofB, scipy[distance].ofB);
    near([representationalSimilarity(ofA, ofB)], [scipy[distance].rho]);
  }
  near([spearman(Float64Array.of(1, 2, 2, 3, 5), Float64Array.of(2, 2, 1, 4, 4))], [0.7299963950884315]);
});

Deno.test("a geometry is like itself, also one in which all distances are equal", () => {
  const distances = dissimilarities(a, "correlation");
  assert.equal(representationalSimilarity(distances, distances), 1);
  const equal = Float64Array.of(2, 2, 2);
  assert.equal(representationalSimilarity(equal, equal), 1);
  assert.equal(representationalSimilarity(equal, Float64Array.of(1, 2, 3)), 0);
});

Deno.test("patterns that do not vary have distance 0 from each other and 1 from those that do", () => {
  const constant = new Float32Array(4).fill(0.1);
  assert.equal(correlationDistance(constant, constant), 0);
  assert.equal(correlationDistance(constant, a[0]!), 1);
  assert.equal(euclideanDistance(constant, constant), 0);
});

Deno.test("patterns of different lengths are refused", () => {
  assert.throws(() => correlationDistance(a[0]!, new Float32Array(3)), RangeError);
  assert.throws(() => spearman(Float64Array.of(1), Float64Array.of(1, 2)), RangeError);
});
