/**
 * Names with their meanings as a table in Markdown.
 * @module
 */

/** One row per name. */
export function meaningsTable(first: string, rows: Readonly<Record<string, string>>): string {
  const lines = Object.entries(rows).map(([key, meaning]) =>
    `| \`${key}\` | ${meaning.replaceAll("|", "\\|")} |`
  );
  return [`| ${first} | meaning |`, "|---|---|", ...lines].join("\n");
}
