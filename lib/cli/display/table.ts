/**
 * Tables of text.
 * @module
 */

/** Columns as wide as their widest cell, two spaces between them; numbers and times stand right when `right` names their column. */
export function textTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? "").length)));
  return lines.map((line) =>
    columns.map((column, index) => {
      const cell = line[index] ?? "";
      const width = widths[index] ?? 0;
      return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
    }).join("  ").trimEnd()
  ).join("\n");
}
