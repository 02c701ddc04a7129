/**
 * Statistics of directions, in radians (Mardia & Jupp, Directional Statistics, 2000; Jammalamadaka & SenGupta, Topics in Circular
 * Statistics, 2001).
 * @module
 */

/** A full turn. */
export const turn = 2 * Math.PI;

/** Where directions point together, and how much they do. */
export interface MeanDirection {
  /** In [0, 2 pi). */
  readonly angle: number;
  /** Length of the mean of exp(i angle): 1 where all are the same, 0 where they cancel each other. */
  readonly resultant: number;
}

/** The mean direction; of none, or of such as cancel each other, the angle means nothing. */
export function meanDirection(angles: readonly number[]): MeanDirection {
  let [cosines, sines] = [0, 0];
  for (const angle of angles) {
    cosines += Math.cos(angle);
    sines += Math.sin(angle);
  }
  const count = Math.max(1, angles.length);
  return { angle: positiveAngle(Math.atan2(sines, cosines)), resultant: Math.hypot(cosines, sines) / count };
}

/** The same direction in [0, 2 pi). */
export function positiveAngle(angle: number): number {
  const within = angle % turn;
  return within < 0 ? within + turn : within;
}

/** The turn from one direction to the other, the shorter way, in (-pi, pi]. */
export function turnBetween(from: number, to: number): number {
  const angle = positiveAngle(to - from);
  return angle > Math.PI ? angle - turn : angle;
}

/**
 * The circular correlation coefficient of Jammalamadaka & Sarma (1988), -1 to 1: the correlation of the sines of the deviations
 * from the mean directions. Undefined for fewer than three pairs, and where one of the two does not change.
 */
export function circularCorrelation(one: readonly number[], other: readonly number[]): number | undefined {
  const count = Math.min(one.length, other.length);
  if (count < 3) return undefined;
  const deviations = (angles: readonly number[]) => {
    const used = angles.slice(0, count);
    const { angle: mean } = meanDirection(used);
    return used.map((angle) => Math.sin(angle - mean));
  };
  const [a, b] = [deviations(one), deviations(other)];
  const sum = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const length = Math.sqrt(sum(a, a) * sum(b, b));
  return length < 1e-12 ? undefined : sum(a, b) / length;
}
