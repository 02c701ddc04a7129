/**
 * Sentences on narrow screens.
 * @module
 */

/** Breaks a text between words; later lines begin with two spaces more than the first. A word that is longer stays whole. */
export function wrapped(text: string, columns = 80): string {
  const indent = text.match(/^ */)?.[0] ?? "";
  const lines: string[] = [];
  let line = "";
  for (const word of text.trim().split(" ")) {
    const start = lines.length === 0 ? indent : `${indent}  `;
    const longer = line === "" ? start + word : `${line} ${word}`;
    if (line !== "" && longer.length > columns) {
      lines.push(line);
      line = `${indent}  ${word}`;
    } else line = longer;
  }
  return [...lines, line].join("\n");
}
