/**
 * What goes on between the rows of a table.
 * @module
 */

const isShown = Deno.stderr.isTerminal();

/** Shows it on standard error in place of what was shown before; nothing where that is no terminal. Left out: takes it away. */
export function showProgress(text = ""): void {
  if (isShown) Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${text}`));
}
