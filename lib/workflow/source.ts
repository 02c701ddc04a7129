/**
 * Texts and positions in them, as an error message shows them.
 * @module
 */

/** A file's text, with the path under which the user knows it. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Line and column, from 1. Columns count characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset. */
export function positionAt({ text }: SourceText, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: [...before.slice(lineStart)].length + 1 };
}

/**
 * The line of a range with carets under it, two lines of text; the middle part of a line that is too long. Characters that
 * a terminal takes for commands are shown as spaces.
 * @param columns how wide the terminal is
 */
export function quoteLine({ text }: SourceText, start: number, end: number, columns = 80): string {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", start);
  const line = [
    ...text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, "").replace(/\p{Cc}/gu, " "),
  ];
  const first = [...text.slice(lineStart, start)].length;
  const marked = [...text.slice(start, Math.max(start, end))].length;
  const length = Math.max(1, Math.min(marked, line.length - first));

  const indent = "    ";
  const room = Math.max(20, columns - indent.length);
  const from = line.length <= room
    ? 0
    : Math.max(0, Math.min(first - Math.floor(room / 3), line.length - room));
  const shown = line.slice(from, from + room);
  if (from > 0) shown[0] = "…";
  if (from + room < line.length) shown[shown.length - 1] = "…";
  const carets = "^".repeat(Math.max(1, Math.min(length, room - (first - from))));
  return `${indent}${shown.join("")}\n${indent}${" ".repeat(first - from)}${carets}`;
}
