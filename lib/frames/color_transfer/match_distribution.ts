/**
 * Matching the distribution of one list of numbers to that of another by their cumulative histograms.
 * @module
 */

/** Equal bins from `low` to `high`. */
interface Bins {
  readonly low: number;
  readonly high: number;
  /** Left edges. */
  readonly edges: Float64Array;
}

/** Widens the range so that no value lies on its ends. */
const margin = 1e-6;

function commonBins(values: Float64Array, others: Float64Array, count: number): Bins {
  let low = Infinity;
  let high = -Infinity;
  for (const list of [values, others]) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  low -= margin;
  high += margin;
  const step = (high - low) / count;
  return { low, high, edges: Float64Array.from({ length: count }, (_, i) => low + i * step) };
}

/** The bin in which a value of the range lies: by its distance, then corrected where rounding put it beside. */
function binOf(value: number, { low, high, edges }: Bins): number {
  const last = edges.length - 1;
  let bin = Math.min(Math.floor(((value - low) * edges.length) / (high - low)), last);
  if (value < edges[bin]!) bin--;
  else if (bin < last && value >= edges[bin + 1]!) bin++;
  return bin;
}

/** The share of values in each bin or below. */
function cumulativeShares(values: Float64Array, bins: Bins): Float64Array {
  const shares = new Float64Array(bins.edges.length);
  for (let i = 0; i < values.length; i++) {
    const bin = binOf(values[i]!, bins);
    shares[bin] = shares[bin]! + 1;
  }
  let sum = 0;
  for (let bin = 0; bin < shares.length; bin++) {
    sum += shares[bin]!;
    shares[bin] = sum / values.length;
  }
  return shares;
}

/**
 * Where the other distribution has the shares that this one has at each edge: linear between the edges, the ends of
 * the range outside. Both lists of shares ascend, so one walk suffices.
 */
function matchedEdges(
  shares: Float64Array,
  otherShares: Float64Array,
  { low, high, edges }: Bins,
): Float64Array {
  const last = edges.length - 1;
  const matched = new Float64Array(edges.length);
  let at = 0;
  for (let bin = 0; bin < edges.length; bin++) {
    const share = shares[bin]!;
    if (share <= otherShares[0]!) matched[bin] = low;
    else if (share >= otherShares[last]!) matched[bin] = high;
    else {
      while (otherShares[at + 1]! <= share) at++;
      const slope = (edges[at + 1]! - edges[at]!) / (otherShares[at + 1]! - otherShares[at]!);
      matched[bin] = slope * (share - otherShares[at]!) + edges[at]!;
    }
  }
  return matched;
}

/**
 * `values`, changed so that they are distributed like `others` (of any number), by cumulative histograms of `binCount`
 * equal bins over the range of both.
 */
export function matchDistribution(
  values: Float64Array,
  others: Float64Array,
  binCount: number,
): Float64Array {
  const bins = commonBins(values, others, binCount);
  const { edges } = bins;
  const last = edges.length - 1;
  const matched = matchedEdges(cumulativeShares(values, bins), cumulativeShares(others, bins), bins);
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const bin = binOf(value, bins);
    if (bin === last) {
      result[i] = matched[last]!;
    } else {
      const slope = (matched[bin + 1]! - matched[bin]!) / (edges[bin + 1]! - edges[bin]!);
      result[i] = slope * (value - edges[bin]!) + matched[bin]!;
    }
  }
  return result;
}
