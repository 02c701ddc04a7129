/**
 * What can go, in words.
 * @module
 */
import { relative } from "node:path";
import { describeHolder } from "../../store/lock.ts";
import { dataSize } from "../display/data_size.ts";
import { textTable } from "../display/table.ts";
import { fromHere } from "../from_here.ts";
import type { Removable, Removables } from "./find.ts";

/** Characters that are left at least of what something is. */
const shortest = 12;

/** A line for each, the largest first, and what they come to; what is held stands below with its holder. */
export function describeRemovables(runs: string, { free, held }: Removables, width = Infinity): string {
  const kept = held.map(({ path, heldBy }) =>
    `kept: ${relative(runs, path)}, ${describeHolder(heldBy === "somebody" ? undefined : heldBy)}`
  );
  if (free.length === 0) return [`Nothing in ${fromHere(runs)} is to be removed.`, ...kept].join("\n");
  const bytes = free.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `No workflow in ${fromHere(runs)} needs these:`,
    drawTable(runs, free, width),
    ...kept,
    `${free.length} to remove, ${dataSize(bytes)}`,
  ].join("\n");
}

function drawTable(runs: string, free: readonly Removable[], width: number): string {
  const draw = (longest: number) => {
    const rows = free.toSorted((a, b) => b.bytes - a.bytes)
      .map(({ path, bytes, what, changed }) => [
        ...[dataSize(bytes), cut(what, longest)],
        ...[new Date(changed).toISOString().slice(0, 10), relative(runs, path)],
      ]);
    return textTable(["size", "what", "written", "where"], rows, ["size"]);
  };
  const whole = draw(Infinity);
  const over = Math.max(...whole.split("\n").map((line) => line.length)) - width;
  if (over <= 0) return whole;
  const longest = Math.max(...free.map(({ what }) => what.length));
  return draw(Math.max(shortest, longest - over));
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}
