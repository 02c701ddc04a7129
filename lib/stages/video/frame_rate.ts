/**
 * Frame rates as people write them.
 * @module
 */
import { lowestTerms } from "../../video/rate.ts";

/** "25" and 25 as "25/1", 29.97 as "2997/100", "60000/2002" as "30000/1001"; undefined for anything that is no positive rate. */
export function rationalRate(rate: number | string): string | undefined {
  const match = String(rate).match(/^(\d{1,7})(?:\.(\d{1,6}))?(?:\/(\d{1,7}))?$/);
  if (match === null || (match[2] !== undefined && match[3] !== undefined)) return undefined;
  const [, whole = "", decimals = "", divisor = "1"] = match;
  const numerator = Number(whole + decimals);
  const denominator = Number(divisor) * 10 ** decimals.length;
  return lowestTerms(`${numerator}/${denominator}`);
}
