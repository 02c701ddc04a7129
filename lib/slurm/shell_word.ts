/**
 * Texts as a shell takes them.
 * @module
 */

/** One word of a shell's command line, whatever the text has in it; for every shell of POSIX. A text has no NUL. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Words of a command line. */
export function shellWords(texts: readonly string[]): string {
  return texts.map(shellWord).join(" ");
}
