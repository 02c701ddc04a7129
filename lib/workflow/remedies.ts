/**
 * The part of a problem's sentence that says what would be right.
 * @module
 */

/** What is wrong with paths that no file can have. */
export function pathRemedy(file: string): string | undefined {
  if (/(^|\/)~\//.test(file)) return "; ~ has no meaning here, write the whole path";
  return /[\b\f\n\r\t\v]/.test(file)
    ? "; in double quotes \\ starts an escape; in a path, use / or single quotes"
    : undefined;
}

/** What is meant by keys that nobody wants as keys. */
export function keyRemedy(key: string): string | undefined {
  if (key === "<<") {
    return ": YAML's merging is not part of the workflow language; write the keys out, or use extends";
  }
  return /^\d+$/.test(key) ? "; decimals have a point, as in 0.01" : undefined;
}

/** How many frames can be read, and the option that reads them. */
export function writeFrames(most: number, setting: string | undefined): string {
  return `write frames: ${most} or less${setting === undefined ? "" : `, or add --set ${setting}=${most}`}`;
}
