/**
 * Frame rates as rationals in lowest terms.
 * @module
 */

/** "25" and 25 as "25/1", 29.97 as "2997/100", "60000/2002" as "30000/1001"; undefined for anything that is no positive rate. */
export function rationalRate(rate: number | string): string | undefined {
  const match = String(rate).match(/^(\d{1,7})(?:\.(\d{1,6}))?(?:\/(\d{1,7}))?$/);
  if (match === null || (match[2] !== undefined && match[3] !== undefined)) return undefined;
  const [, whole = "", decimals = "", divisor = "1"] = match;
  const numerator = Number(whole + decimals);
  const denominator = Number(divisor) * 10 ** decimals.length;
  if (numerator === 0 || denominator === 0) return undefined;
  const common = greatestCommonDivisor(numerator, denominator);
  return `${numerator / common}/${denominator / common}`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
