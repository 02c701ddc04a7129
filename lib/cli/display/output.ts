/**
 * Where displays write.
 * @module
 */

/** Where displays write. */
export interface Output {
  write(text: string): void;
  /** Width in characters; undefined when it is no terminal. */
  readonly columns: number | undefined;
}

/** The program's own standard output. */
export function standardOutput(): Output {
  const encoder = new TextEncoder();
  return {
    write(text) {
      const bytes = encoder.encode(text);
      for (let written = 0; written < bytes.length;) {
        written += Deno.stdout.writeSync(bytes.subarray(written));
      }
    },
    columns: Deno.stdout.isTerminal() ? Deno.consoleSize().columns : undefined,
  };
}
