/**
 * The error function in float64, which JavaScript lacks.
 * @module
 */

/** From here on it is 1 to the last bit. */
const saturated = 6;

/**
 * 2 / sqrt(pi) exp(-x^2) times the sum over n of 2^n x^(2n + 1) / (1 * 3 * ... * (2n + 1)): Abramowitz & Stegun, "Handbook of
 * Mathematical Functions", 7.1.6. All terms have one sign, so that nothing cancels.
 */
export function errorFunction(x: number): number {
  if (Math.abs(x) >= saturated) return Math.sign(x);
  let sum = 0;
  let term = x;
  for (let n = 0; sum + term !== sum; n++) {
    sum += term;
    term *= 2 * x * x / (2 * n + 3);
  }
  return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}
