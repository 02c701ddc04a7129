/**
 * Matching the distribution of one list of numbers to that of another by their cumulative histograms.
 * @module
 */

/** Equal bins from `low` to `high`. */
interface Bins {
  readonly low: number;
  readonly high: number;
  /** Left edges, and Infinity after the last, so that every bin has an edge to its right. */
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
  const edges = new Float64Array(count + 1).map((_, i) => low + i * step);
  edges[count] = Infinity;
  return { low, high, edges };
}

/** The bin in which each value of the range lies: by its distance, then corrected where rounding put it beside. */
function binsOf(values: Float64Array, { low, high, edges }: Bins): Uint16Array {
  const perUnit = (edges.length - 1) / (high - low);
  const bins = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Cut to a whole number; the margin keeps it below the number of bins.
    let bin = ((value - low) * perUnit) | 0;
    if (value < edges[bin]!) bin--;
    else if (value >= edges[bin + 1]!) bin++;
    bins[i] = bin;
  }
  return bins;
}

/** The share of values in each bin or below. */
function cumulativeShares(bins: Uint16Array, count: number): Float64Array {
  const counts = new Uint32Array(count);
  for (let i = 0; i < bins.length; i++) counts[bins[i]!]!++;
  const shares = new Float64Array(count);
  let sum = 0;
  for (let bin = 0; bin < count; bin++) {
    sum += counts[bin]!;
    shares[bin] = sum / bins.length;
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
  const last = shares.length - 1;
  const matched = new Float64Array(shares.length);
  let at = 0;
  for (let bin = 0; bin < shares.length; bin++) {
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

/** Of the line from each edge to the next; 0 beyond the last. */
function slopesBetween(edges: Float64Array, heights: Float64Array): Float64Array {
  const last = heights.length - 1;
  return heights.map((height, bin) =>
    bin < last ? (heights[bin + 1]! - height) / (edges[bin + 1]! - edges[bin]!) : 0
  );
}

/**
 * `values`, changed so that they are distributed like `others` (of any number), by cumulative histograms of `binCount`
 * equal bins over the range of both. Written into `out`.
 */
export function matchDistribution(
  values: Float64Array,
  others: Float64Array,
  binCount: number,
  out: Float64Array,
): Float64Array {
  const bins = commonBins(values, others, binCount);
  const { edges } = bins;
  const binOf = binsOf(values, bins);
  const otherShares = cumulativeShares(binsOf(others, bins), binCount);
  const matched = matchedEdges(cumulativeShares(binOf, binCount), otherShares, bins);
  const slopes = slopesBetween(edges, matched);
  for (let i = 0; i < values.length; i++) {
    const bin = binOf[i]!;
    out[i] = slopes[bin]! * (values[i]! - edges[bin]!) + matched[bin]!;
  }
  return out;
}
