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

/** The program's own standard output. When its reader is gone (`| head -1`), the program goes on without telling. */
export function standardOutput(): Output {
  const encoder = new TextEncoder();
  let isRead = true;
  return {
    write(text) {
      const bytes = encoder.encode(text);
      try {
        for (let written = 0; isRead && written < bytes.length;) {
          written += Deno.stdout.writeSync(bytes.subarray(written));
        }
      } catch (error) {
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
        isRead = false;
      }
    },
    columns: Deno.stdout.isTerminal() ? Deno.consoleSize().columns : undefined,
  };
}
