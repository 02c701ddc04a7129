/**
 * A mean and an RMS contrast that are asked for, as the SHINE toolbox gives them to images (Willenbockel, Sadr, Fiset, Horne,
 * Gosselin & Tanaka, "Controlling low-level image properties: the SHINE toolbox", Behavior Research Methods 42, 2010). SHINE
 * clips what does not fit, which changes both; here the change is chosen so that they hold after clipping.
 * @module
 */

/** What is known of values: of a plane, or of all planes of a clip together. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** RMS contrast: the standard deviation with `count` in the denominator. */
  readonly contrast: number;
  readonly least: number;
  readonly most: number;
}

/** The values become clip(factor x value + offset, 0, 1). */
export interface Linear {
  readonly factor: number;
  readonly offset: number;
}

/** Values whose contrast is less than this have none: a rounding error of float32 must not become a picture. */
export const leastContrast = 1e-5;

/** Moments of values. */
export function momentsOf(values: Float64Array): Moments {
  const count = values.length;
  let [sum, least, most] = [0, Infinity, -Infinity];
  for (const value of values) {
    sum += value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const mean = sum / count;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { count, mean, contrast: Math.sqrt(squares / count), least, most };
}

/** Moments of several sets of values together. */
export function togetherOf(parts: readonly Moments[]): Moments {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const mean = parts.reduce((sum, part) => sum + part.count * part.mean, 0) / count;
  const squares = parts.reduce(
    (sum, part) => sum + part.count * (part.contrast ** 2 + (part.mean - mean) ** 2),
    0,
  );
  return {
    count,
    mean,
    contrast: Math.sqrt(squares / count),
    least: Math.min(...parts.map(({ least }) => least)),
    most: Math.max(...parts.map(({ most }) => most)),
  };
}

/** Bins in which values are counted between their least and their greatest. */
const bins = 4096;

/** How values are distributed: per bin their number, sum and sum of squares. */
export interface Distribution {
  readonly least: number;
  readonly most: number;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** A distribution without values. */
export function emptyDistribution({ least, most }: Pick<Moments, "least" | "most">): Distribution {
  const empty = () => new Float64Array(bins);
  return { least, most, counts: empty(), sums: empty(), squares: empty() };
}

/** Counts values, all of which lie between its least and its greatest. */
export function addValues({ least, most, counts, sums, squares }: Distribution, values: Float64Array): void {
  const scale = most > least ? bins / (most - least) : 0;
  for (const value of values) {
    const bin = Math.min(Math.floor((value - least) * scale), bins - 1);
    counts[bin]! += 1;
    sums[bin]! += value;
    squares[bin]! += value * value;
  }
}

/** What becomes of a distribution. Bins that lie across a bound count by their mean. */
function outcome(
  { least, most, counts, sums, squares }: Distribution,
  { factor, offset }: Linear,
): { readonly mean: number; readonly contrast: number } {
  let [count, sum, square] = [0, 0, 0];
  const width = (most - least) / bins;
  for (let bin = 0; bin < bins; bin++) {
    const n = counts[bin]!;
    if (n === 0) continue;
    count += n;
    const [low, high] = [
      factor * (least + bin * width) + offset,
      factor * (least + (bin + 1) * width) + offset,
    ];
    if (low >= 0 && high <= 1) {
      sum += factor * sums[bin]! + n * offset;
      square += factor ** 2 * squares[bin]! + 2 * factor * offset * sums[bin]! + n * offset ** 2;
    } else {
      const value = Math.min(Math.max(factor * sums[bin]! / n + offset, 0), 1);
      sum += n * value;
      square += n * value ** 2;
    }
  }
  const mean = sum / count;
  return { mean, contrast: Math.sqrt(Math.max(square / count - mean ** 2, 0)) };
}

/** The change that gives the mean and the contrast as long as nothing is clipped. Values without contrast keep none. */
export function linearFor(
  { mean, contrast }: Pick<Moments, "mean" | "contrast">,
  wanted: { readonly mean: number; readonly contrast: number },
): Linear {
  const factor = contrast < leastContrast ? 1 : wanted.contrast / contrast;
  return { factor, offset: wanted.mean - factor * mean };
}

/** True when the change leads values out of [0, 1]. */
export function clips({ factor, offset }: Linear, { least, most }: Pick<Moments, "least" | "most">): boolean {
  const slack = 1e-9;
  return factor * least + offset < -slack || factor * most + offset > 1 + slack;
}

/** A contrast that is given, and the change that gives it. */
export interface Solved extends Linear {
  readonly contrast: number;
}

/** Beyond this, values are black and white alone. */
const steepest = 4096;

/** Bisections: after so many, float64 has no number in between. */
const halvings = 60;

/**
 * The change that gives the mean and the contrast after clipping, by two nested bisections: contrast grows with the factor,
 * and the mean with the offset. Where no factor gives as much contrast, the one that gives the most.
 */
export function solveClipped(
  distribution: Distribution,
  wanted: { readonly mean: number; readonly contrast: number },
): Solved {
  const { least, most } = distribution;
  const offsetFor = (factor: number): number => {
    let [low, high] = [-factor * most, 1 - factor * least];
    for (let i = 0; i < halvings; i++) {
      const offset = (low + high) / 2;
      if (outcome(distribution, { factor, offset }).mean < wanted.mean) low = offset;
      else high = offset;
    }
    return (low + high) / 2;
  };
  const at = (factor: number): Solved => {
    const offset = offsetFor(factor);
    return { factor, offset, contrast: outcome(distribution, { factor, offset }).contrast };
  };
  const range = most - least;
  let [low, high] = [0, steepest / range];
  const steep = at(high);
  if (steep.contrast < wanted.contrast) return steep;
  for (let i = 0; i < halvings; i++) {
    const factor = (low + high) / 2;
    if (at(factor).contrast < wanted.contrast) low = factor;
    else high = factor;
  }
  return at((low + high) / 2);
}
