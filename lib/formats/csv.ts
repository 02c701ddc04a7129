/**
 * Tables as comma-separated text (RFC 4180).
 * @module
 */

/** A value of a table: a number is written as the shortest text that reads back as it. */
export type Cell = string | number | undefined;

/**
 * The text of a table, its names first, lines ending in CR LF; an undefined cell is empty.
 * Throws an Error for a number that is not finite.
 */
export function csvText<Column extends string>(
  columns: readonly Column[],
  rows: Iterable<Readonly<Partial<Record<Column, Cell>>>>,
): string {
  const lines = [columns.join(",")];
  for (const row of rows) lines.push(columns.map((column) => cellText(row[column])).join(","));
  return lines.map((line) => `${line}\r\n`).join("");
}

function cellText(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "string") return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  if (!Number.isFinite(cell)) throw new Error(`${cell} has no place in a table`);
  return String(cell);
}
