/**
 * Frame rates as rationals.
 * @module
 */

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** "60000/2002" as "30000/1001", "25" as "25/1"; undefined for what is no positive fraction. */
export function lowestTerms(fraction: string): string | undefined {
  const match = fraction.match(/^(\d+)(?:\/(\d+))?$/);
  const [numerator, denominator] = [Number(match?.[1]), Number(match?.[2] ?? 1)];
  if (!(numerator > 0 && denominator > 0)) return undefined;
  const common = greatestCommonDivisor(numerator, denominator);
  return `${numerator / common}/${denominator / common}`;
}

/** The rate of every `step`-th frame of a video of a rate. */
export function dividedRate(rate: string, step: number): string {
  const [numerator, denominator] = rate.split("/");
  const divided = lowestTerms(`${numerator}/${Number(denominator) * step}`);
  if (divided === undefined) throw new Error(`${rate} is no rate that ${step} can divide`);
  return divided;
}

/** The value of a rational. */
export function rateValue(rate: string): number {
  const [numerator, denominator] = rate.split("/");
  return Number(numerator) / Number(denominator);
}

/**
 * The whole rate, or whole rate x 1000 / 1001, that a rate in lowest terms stands for when it is within 1e-5 of one:
 * containers that keep times in milliseconds give 60000/1001 as 19001/317. Other rates stay as they are.
 */
export function standardRate(rate: string): string {
  const value = rateValue(rate);
  for (const divisor of [1, 1.001]) {
    const whole = Math.round(value * divisor);
    if (whole > 0 && Math.abs(value * divisor - whole) < 1e-5 * whole) {
      return divisor === 1 ? `${whole}/1` : lowestTerms(`${whole * 1000}/1001`) ?? rate;
    }
  }
  return rate;
}
