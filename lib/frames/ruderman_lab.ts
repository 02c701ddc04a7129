/**
 * The space of Ruderman, Cronin & Chiao, "Statistics of cone responses to natural images" (JOSA A 1998), in which
 * natural images have decorrelated coordinates: l (luminance), alpha (yellow-blue), beta (red-green), of the decadic
 * logarithms of cone responses. Matrix from RGB as in Reinhard et al. (2001).
 * @module
 */

/** Three numbers: a color in RGB, cone responses or lab. */
export type Triple = readonly [number, number, number];

const conesFromRgb: readonly [Triple, Triple, Triple] = [
  [0.3811, 0.5783, 0.0402],
  [0.1967, 0.7244, 0.0782],
  [0.0241, 0.1288, 0.8444],
];

const rgbFromCones = inverse(conesFromRgb);

/** Orthonormal: the inverse is the transpose. */
const labFromLogCones: readonly [Triple, Triple, Triple] = [
  [1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)],
  [1 / Math.sqrt(6), 1 / Math.sqrt(6), -2 / Math.sqrt(6)],
  [1 / Math.sqrt(2), -1 / Math.sqrt(2), 0],
];

/** Black has no logarithm: responses below one 8-bit level count as one. */
const smallestResponse = 1 / 255;

function cross(a: Triple, b: Triple): Triple {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function inverse([a, b, c]: readonly [Triple, Triple, Triple]): readonly [Triple, Triple, Triple] {
  const columns = [cross(b, c), cross(c, a), cross(a, b)] as const;
  const determinant = dot(a, columns[0]);
  const row = (i: 0 | 1 | 2): Triple => [
    columns[0][i] / determinant,
    columns[1][i] / determinant,
    columns[2][i] / determinant,
  ];
  return [row(0), row(1), row(2)];
}

function times(matrix: readonly [Triple, Triple, Triple], vector: Triple): Triple {
  return [dot(matrix[0], vector), dot(matrix[1], vector), dot(matrix[2], vector)];
}

/** RGB in [0, 1] to l, alpha, beta. */
export function labFromRgb(rgb: Triple): Triple {
  const [l, m, s] = times(conesFromRgb, rgb);
  const log = (response: number) => Math.log10(Math.max(response, smallestResponse));
  return times(labFromLogCones, [log(l), log(m), log(s)]);
}

/** l, alpha, beta to RGB, which may lie outside [0, 1]. */
export function rgbFromLab([l, alpha, beta]: Triple): Triple {
  const [first, second, third] = labFromLogCones;
  const cone = (i: 0 | 1 | 2) => 10 ** (first[i] * l + second[i] * alpha + third[i] * beta);
  return times(rgbFromCones, [cone(0), cone(1), cone(2)]);
}
