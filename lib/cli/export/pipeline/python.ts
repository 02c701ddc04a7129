/**
 * Text and lists as Python writes them.
 * @module
 */

/** Longest line of a file that is written, where it can be broken. */
const longestLine = 100;

/** Signs that an editor, a terminal or Python's lines might take for something else: all but letters, marks, numbers, the usual signs and a space. */
const unusual = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** A string literal. What JSON writes is Python, but for what it leaves as it is. */
export function pythonText(text: string): string {
  return JSON.stringify(text).replace(unusual, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return `\\U${code.toString(16).padStart(8, "0")}`;
  });
}

/** A list of strings, on one line where that is not too long, after so many signs of the line. */
export function pythonList(texts: readonly string[], { indent, before }: {
  readonly indent: string;
  readonly before: number;
}): string {
  const literals = texts.map(pythonText);
  const line = `[${literals.join(", ")}]`;
  if (before + line.length <= longestLine) return line;
  return ["[", ...literals.map((literal) => `${indent}    ${literal},`), `${indent}]`].join("\n");
}
