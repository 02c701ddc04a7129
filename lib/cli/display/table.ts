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
  return tableLines(columns, rows, right).join("\n");
}

/** The same, the columns' names first, then a text for each row: more than one line where a cell has a line break. */
export function tableLines(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): readonly string[] {
  const lines = [columns, ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? "").length)));
  return lines.map((line) =>
    columns.map((column, index) => {
      const cell = line[index] ?? "";
      const width = widths[index] ?? 0;
      return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
    }).join("  ").trimEnd()
  );
}
