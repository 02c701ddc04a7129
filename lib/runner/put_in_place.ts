/**
 * The end of an instance that was made again: its result takes the earlier one's place, and what that changes is told.
 * @module
 */
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { instancePaths, remakePaths } from "../store/layout.ts";
import { finishedReadersOf } from "../store/readers.ts";
import { compareResults, digestsOfResult, replaceByRemake } from "../store/remake.ts";
import type { Report } from "./reporter.ts";

/** So many results are named. */
const mostNamed = 3;

/** Only for the holder of the instance's lock, when the new result is whole. */
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
