/**
 * There are three displays: for terminals, for logs, and for programs.
 * @module
 */
import type { Display, Output } from "./display.ts";
import { jsonDisplay } from "./json.ts";
import { plainDisplay } from "./plain.ts";
import { terminalDisplay } from "./terminal.ts";

/** The display for this output. */
export function openDisplay(output: Output, json: boolean): Display {
  if (json) return jsonDisplay(output);
  return output.columns === undefined ? plainDisplay(output) : terminalDisplay(output);
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
