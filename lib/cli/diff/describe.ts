/**
 * A comparison for people.
 * @module
 */
import { type Comparison, isEqual } from "../../versions/compare.ts";
import { describeDifferences, describeInstanceChange } from "../../versions/describe.ts";
import { wrapped } from "../display/wrapped.ts";

/** More instances than these are not listed one by one. */
const mostListed = 20;

/** What differs, and what that changes. */
export function describeComparison(
  comparison: Comparison,
  missingWeights: readonly string[],
  columns?: number,
): string {
  const unknown = missingWeights.map((name) =>
    `The weights of ${name} are not here; whether they are the same is not known.`
  );
  if (isEqual(comparison)) {
    return [`No difference (${instances(comparison.same)}).`, ...unknown].join("\n");
  }
  const found = describeDifferences(comparison);
  const { instances: changes, same } = comparison;
  const more = changes.length - mostListed;
  return [
    ...(found.length === 0 ? [] : ["Differences", ...found.map(indented), ""]),
    changes.length === 0 ? "No instance changes." : "Instances",
    ...changes.slice(0, mostListed).flatMap(describeInstanceChange).map(indented),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(same > 0 && changes.length > 0 ? [`  the same: ${same}`] : []),
    ...unknown,
  ].map((line) => wrapped(line, columns)).join("\n");
}

function indented(line: string): string {
  return `  ${line}`;
}

function instances(count: number): string {
  return `${count} ${count === 1 ? "instance" : "instances"}`;
}
