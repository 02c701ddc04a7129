/**
 * There are three displays: for terminals, for logs, and for programs.
 * @module
 */
import type { Display } from "./display.ts";
import type { Output } from "./output.ts";
import { jsonDisplay } from "./json.ts";
import { plainDisplay } from "./plain.ts";
import { terminalDisplay } from "./terminal.ts";

/** The display for this output. */
export function openDisplay(output: Output, json: boolean): Display {
  if (json) return jsonDisplay(output);
  return output.columns === undefined ? plainDisplay(output) : terminalDisplay(output);
}
