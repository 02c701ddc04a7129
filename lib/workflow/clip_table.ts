/**
 * Clip tables: `from: clips.csv` makes one video of each row.
 * @module
 */
import { CsvError, parse } from "csv-parse/sync";
import type { Collector } from "./collector.ts";
import type { Entry, LocatedNode, Origin, ScalarNode } from "./located.ts";
import type { SourceText } from "./source.ts";

/** The columns that a table may have; `name` and `file` it must have. */
const columns = ["name", "file", "start", "frames", "group", "license", "source"] as const;
const needed = ["name", "file"] as const;
const numbers: readonly string[] = ["start", "frames"];

/** A row: the name of a video, and what the row says of it. */
export interface Clip {
  readonly name: ScalarNode & { readonly value: string };
  readonly entries: ReadonlyMap<string, Entry>;
}

interface Cell {
  readonly text: string;
  readonly origin: Origin;
}

/** Reads a table; rows with problems are left out. */
export function readClipTable(source: SourceText, collector: Collector): readonly Clip[] {
  const [header, ...rows] = withoutEmptyColumns(readCells(source, collector) ?? []);
  if (header === undefined || rows.length === 0) {
    if (header !== undefined || source.text.trim() === "") {
      collector.report({ source, start: 0, end: 0 }, { code: "table_empty" });
    }
    return [];
  }
  const [only, ...others] = header;
  const separator = others.length === 0 ? only?.text.match(/[;\t|]/)?.[0] : undefined;
  if (only !== undefined && separator !== undefined) {
    collector.report(only.origin, { code: "table_separator", separator });
    return [];
  }
  if (!checkHeader(header, source, collector)) return [];
  return rows.flatMap((row) => readRow(row, header, collector) ?? []);
}

/** Without the cells that spreadsheets write for columns in which nothing stands. */
function withoutEmptyColumns(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const [header = []] = rows;
  const columns = header.findLastIndex(({ text }) => text !== "") + 1;
  return rows.map((row) => [
    ...row.slice(0, columns),
    ...row.slice(columns, row.findLastIndex(({ text }) => text !== "") + 1),
  ]);
}

function readCells(source: SourceText, collector: Collector): readonly (readonly Cell[])[] | undefined {
  const offset = offsetsOf(source.text);
  const rows: Cell[][] = [];
  // The library tells where a cell ends; where it starts follows from how it was written.
  const cast = (
    value: string,
    context: { readonly bytes: number; readonly quoting: boolean; readonly index: number },
  ) => {
    const { bytes, quoting, index } = context;
    const written = new TextEncoder().encode(quoting ? `"${value.replaceAll('"', '""')}"` : value).length;
    const origin = { source, start: offset(bytes - written), end: offset(bytes) };
    if (index === 0) rows.push([]);
    rows.at(-1)?.push({ text: value.trim(), origin });
    return value;
  };
  try {
    parse(source.text, {
      cast,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = "lines" in error && typeof error.lines === "number" ? error.lines : 1;
    const start = source.text.split("\n", line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    collector.report({ source, start, end: start }, { code: "table_syntax", detail: detailOf(error) });
    return undefined;
  }
  return rows.filter((row) => row.some(({ text }) => text !== ""));
}

function detailOf({ code, message }: CsvError): string {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "a quote is not closed";
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return 'a cell with quotes in it must stand in quotes, with each of its own written twice: "a ""b"" c"';
    default:
      return message;
  }
}

/** From offsets in UTF-8 to offsets in the text. */
function offsetsOf(text: string): (bytes: number) => number {
  const offsets: number[] = [];
  const encoder = new TextEncoder();
  let offset = 0;
  for (const character of text) {
    const { length } = encoder.encode(character);
    for (let byte = 0; byte < length; byte++) offsets.push(offset);
    offset += character.length;
  }
  return (bytes) => offsets[bytes] ?? text.length;
}

function checkHeader(header: readonly Cell[], source: SourceText, collector: Collector): boolean {
  const names = header.map(({ text }) => text);
  let good = true;
  header.forEach(({ text, origin }, index) => {
    if (names.indexOf(text) !== index) {
      collector.report(origin, { code: "table_column_repeated", column: text });
      good = false;
    } else if (!columns.some((column) => column === text)) {
      collector.report(origin, { code: "table_column_unknown", column: text, known: columns });
      good = false;
    }
  });
  for (const column of needed.filter((column) => !names.includes(column))) {
    collector.report({ source, start: 0, end: 0 }, { code: "table_column_missing", column });
    good = false;
  }
  return good;
}

function readRow(row: readonly Cell[], header: readonly Cell[], collector: Collector): Clip | undefined {
  const [first] = row;
  if (first === undefined) return undefined;
  if (row.length !== header.length) {
    collector.report(first.origin, { code: "table_row_length", cells: row.length, columns: header.length });
    return undefined;
  }
  let name: Clip["name"] | undefined;
  const entries = new Map<string, Entry>();
  for (const [index, { text, origin }] of row.entries()) {
    const column = header[index]?.text ?? "";
    if (text === "") {
      if (!needed.some((name) => name === column)) continue;
      collector.report(origin, { code: "table_cell_missing", column });
      return undefined;
    }
    if (column === "name") {
      name = { kind: "scalar", origin, value: text };
      continue;
    }
    const value = readCell(column, text, origin, collector);
    if (value === undefined) return undefined;
    entries.set(column, { key: origin, value });
  }
  return name && { name, entries };
}

function readCell(
  column: string,
  text: string,
  origin: Origin,
  collector: Collector,
): LocatedNode | undefined {
  if (!numbers.includes(column)) return { kind: "scalar", origin, value: text };
  if (/^\d+$/.test(text)) return { kind: "scalar", origin, value: Number(text) };
  collector.report(origin, { code: "table_number", column, found: text });
  return undefined;
}
