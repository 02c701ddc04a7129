/**
 * Products of the rows of two matrices, in float64: what Gram matrices and their norms are made of.
 * @module
 */

/** Rows of equal length, one after the other. */
export interface Rows {
  /** How many there are. */
  readonly count: number;
  /** Of each. */
  readonly length: number;
  /** count x length. */
  readonly data: Float64Array;
}

/** Rows are taken in blocks of four by four, so that each number that is read serves four products. */
const block = 4;

/** The matrix of the products of each row of `a` with each row of `b`: a.count x b.count, row-major. */
export function rowProducts(a: Rows, b: Rows): Float64Array {
  requireEqualLength(a, b);
  const out = new Float64Array(a.count * b.count);
  for (let i = 0; i < a.count; i += block) {
    for (let j = 0; j < b.count; j += block) multiplyBlock(a, b, i, j, out);
  }
  return out;
}

/** The same of the rows with themselves; a symmetric matrix. */
export function ownRowProducts(a: Rows): Float64Array {
  const { count } = a;
  const out = new Float64Array(count * count);
  for (let i = 0; i < count; i += block) {
    for (let j = i; j < count; j += block) multiplyBlock(a, a, i, j, out);
  }
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) out[i * count + j] = out[j * count + i]!;
  }
  return out;
}

/** The sum of the products of two lists of numbers. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function multiplyBlock(a: Rows, b: Rows, i: number, j: number, out: Float64Array): void {
  if (i + block <= a.count && j + block <= b.count) return multiplyWholeBlock(a, b, i, j, out);
  for (let row = i; row < Math.min(i + block, a.count); row++) {
    for (let column = j; column < Math.min(j + block, b.count); column++) {
      const [first, second] = [rowOf(a, row), rowOf(b, column)];
      out[row * b.count + column] = dot(first, second);
    }
  }
}

function rowOf({ data, length }: Rows, row: number): Float64Array {
  return data.subarray(row * length, (row + 1) * length);
}

/** Sixteen sums at a time; sums in variables stay in registers, those in an array would not. */
function multiplyWholeBlock(a: Rows, b: Rows, i: number, j: number, out: Float64Array): void {
  const { data: left, length } = a;
  const { data: right } = b;
  const [a0, a1, a2, a3] = [i * length, (i + 1) * length, (i + 2) * length, (i + 3) * length];
  const [b0, b1, b2, b3] = [j * length, (j + 1) * length, (j + 2) * length, (j + 3) * length];
  let [s00, s01, s02, s03] = [0, 0, 0, 0];
  let [s10, s11, s12, s13] = [0, 0, 0, 0];
  let [s20, s21, s22, s23] = [0, 0, 0, 0];
  let [s30, s31, s32, s33] = [0, 0, 0, 0];
  for (let k = 0; k < length; k++) {
    const x0 = left[a0 + k]!;
    const x1 = left[a1 + k]!;
    const x2 = left[a2 + k]!;
    const x3 = left[a3 + k]!;
    const y0 = right[b0 + k]!;
    s00 += x0 * y0;
    s10 += x1 * y0;
    s20 += x2 * y0;
    s30 += x3 * y0;
    const y1 = right[b1 + k]!;
    s01 += x0 * y1;
    s11 += x1 * y1;
    s21 += x2 * y1;
    s31 += x3 * y1;
    const y2 = right[b2 + k]!;
    s02 += x0 * y2;
    s12 += x1 * y2;
    s22 += x2 * y2;
    s32 += x3 * y2;
    const y3 = right[b3 + k]!;
    s03 += x0 * y3;
    s13 += x1 * y3;
    s23 += x2 * y3;
    s33 += x3 * y3;
  }
  const width = b.count;
  out.set([s00, s01, s02, s03], i * width + j);
  out.set([s10, s11, s12, s13], (i + 1) * width + j);
  out.set([s20, s21, s22, s23], (i + 2) * width + j);
  out.set([s30, s31, s32, s33], (i + 3) * width + j);
}

function requireEqualLength(a: Rows, b: Rows): void {
  if (a.length !== b.length) throw new RangeError(`rows of ${a.length} and of ${b.length} numbers`);
}
