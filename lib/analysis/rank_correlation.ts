/**
 * Rank correlation.
 * @module
 */

/** The rank of each value, from 1 on; equal values share the mean of their ranks. */
export function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const found = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) found[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return found;
}

/**
 * Spearman's rank correlation, with ties. Of values that are all equal: 1 when both are such, 0 when one is.
 * Throws a RangeError when there are not as many of the one as of the other.
 */
export function spearman(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} values cannot be correlated with ${b.length}`);
  const [first, second] = [ranks(a), ranks(b)];
  const mean = (a.length + 1) / 2;
  let [products, squaresOfA, squaresOfB] = [0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    const [x, y] = [first[i]! - mean, second[i]! - mean];
    products += x * y;
    squaresOfA += x * x;
    squaresOfB += y * y;
  }
  if (squaresOfA === 0 || squaresOfB === 0) return squaresOfA === squaresOfB ? 1 : 0;
  return products / Math.sqrt(squaresOfA * squaresOfB);
}
