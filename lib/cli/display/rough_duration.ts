/**
 * Estimated times in words.
 * @module
 */

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** No more digits than an estimate has: "0.6 s", "45 s", "8 min", "3.5 h", "18 h", "3.3 days". */
export function roughDuration(seconds: number): string {
  if (seconds < 90) return `${digits(seconds)} s`;
  if (seconds < 90 * minute) return `${digits(seconds / minute)} min`;
  if (seconds < 36 * hour) return `${digits(seconds / hour)} h`;
  return `${digits(seconds / day)} days`;
}

function digits(value: number): string {
  return value.toFixed(value < 9.95 ? 1 : 0);
}
