/**
 * How long an iteration takes at a size that this session has not come to.
 * @module
 */
import type { Work } from "../plan/stage_kind.ts";

/** An iteration that was measured. */
export interface Known {
  readonly work: Pick<Work, "parts">;
  /** Seconds by the plan. */
  readonly planned: number;
  /** Seconds as it was. */
  readonly seconds: number;
}

/** So far may the line through two measurements lie from what one of them says. */
const most = 1.5;

/**
 * From one measurement: in proportion to the plan. From two: both are on the line `fixed + rate x pixels`, whatever the plan
 * took for the two constants, since times of that form are linear in each other.
 */
export function secondsLike(
  { work, planned }: Omit<Known, "seconds">,
  known: readonly Known[],
): number {
  const alike = known.filter((other) => other.work.parts.join() === work.parts.join());
  const distance = (other: Known) => Math.abs(Math.log(other.planned / planned));
  const [near, far] = (alike.length > 0 ? alike : known).toSorted((a, b) => distance(a) - distance(b));
  if (near === undefined) return planned;
  const inProportion = near.seconds * planned / near.planned;
  if (far === undefined || far.planned === near.planned) return inProportion;
  const slope = (near.seconds - far.seconds) / (near.planned - far.planned);
  const onLine = near.seconds + slope * (planned - near.planned);
  return Math.min(most * inProportion, Math.max(inProportion / most, onLine));
}
