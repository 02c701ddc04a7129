/**
 * Frame rates in words.
 * @module
 */

/** "30000/1001" becomes "29.97 per second". */
export function rateInWords(fps: string): string {
  const [numerator = NaN, denominator = 1] = fps.split("/").map(Number);
  return `${Number((numerator / denominator).toFixed(2))} per second`;
}
