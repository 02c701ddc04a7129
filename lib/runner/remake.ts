/**
 * An instance that is made again: what must not be lost, how its result takes the earlier one's place, and what that changes.
 * @module
 */
import { RunError } from "../errors.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import type { Digests } from "../store/digests.ts";
import { inspectInstance } from "../store/instance_state.ts";
import { type InstancePaths, instancePaths, remakePaths } from "../store/layout.ts";
import { finishedReadersOf } from "../store/readers.ts";
import { compareResults, digestsOfResult, replaceByRemake } from "../store/remake.ts";
import type { Report } from "./reporter.ts";

/** So many results are named. */
const mostNamed = 3;

/** Throws RunError when others have made more frames of it since it was planned: these would be lost. */
export async function requireNoMoreFrames(
  { name }: PlannedInstance,
  place: InstancePaths,
  wanted: number | undefined,
  digests: Digests,
): Promise<void> {
  const { finishedFrames } = await inspectInstance(place, wanted, digests);
  if (wanted === undefined || finishedFrames <= wanted) return;
  throw new RunError(
    `${name} has ${finishedFrames} frames by now, and making ${wanted} of them again would lose the others; ` +
      `make all of them again with --frames ${finishedFrames}`,
  );
}

/** Puts the new result in its place, when it is whole. Only for the holder of the instance's lock. */
export async function putInPlace(
  { name, key }: PlannedInstance,
  runs: string,
  report: Report,
): Promise<void> {
  const place = instancePaths(runs, key);
  const before = await digestsOfResult(place);
  const now = await digestsOfResult(remakePaths(place));
  await replaceByRemake(place);
  const { compared, different, firstDifferent } = compareResults(before, now);
  report({
    type: "instance.remade",
    compared,
    different,
    ...(firstDifferent !== undefined && { first_different: firstDifferent }),
  });
  if (different === 0) return;
  const readers = await finishedReadersOf(runs, key);
  if (readers.length === 0) return;
  const named = readers.slice(0, mostNamed).map((reader) => `${reader.name} (${reader.key})`).join(", ");
  const others = readers.length > mostNamed ? `, and ${readers.length - mostNamed} more in the store` : "";
  const [subject, object] = readers.length === 1 ? ["was", "it"] : ["were", "them"];
  report({
    type: "warning",
    code: "read_before",
    text: `${named}${others} ${subject} made from the earlier bytes of ${name}, and ${subject} kept; ` +
      `--force makes ${object} again`,
  });
}
