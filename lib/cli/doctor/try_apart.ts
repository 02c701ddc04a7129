/**
 * Tries what computes in a process of its own.
 * @module
 */
import { fileURLToPath } from "node:url";
import { librariesAreElsewhere } from "../loader_variables.ts";
import { type Probed, type Trial, trialSchema, tryEngine } from "./probe_engine.ts";

/** In a process of its own, but where that would not find the libraries that this one finds, or there is no `deno` to start. */
export async function tryApart(probed: Probed): Promise<Trial> {
  if (librariesAreElsewhere()) return await tryEngine(probed);
  const command = new Deno.Command("deno", {
    args: [
      ...["run", "--quiet", "--no-prompt", "-P=probe", "--config"],
      fileURLToPath(new URL("../../../deno.json", import.meta.url)),
      fileURLToPath(new URL("probe_engine.ts", import.meta.url)),
      JSON.stringify(probed),
    ],
    stdin: "null",
  });
  let ended: Deno.CommandOutput;
  try {
    ended = await command.output();
  } catch (error) {
    // Deno itself may have been started by its path.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) {
      return await tryEngine(probed);
    }
    throw error;
  }
  const { success, signal, code, stdout, stderr } = ended;
  const text = new TextDecoder().decode(stdout).trim();
  // Libraries may have written lines before.
  if (success) return trialSchema.parse(JSON.parse(text.split("\n").at(-1) ?? ""));
  const last = new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "";
  const how = signal === null ? `ended with ${code}` : `was ended by ${signal}`;
  return { computes: false, reason: `the process that tried it ${how}${last === "" ? "" : `: ${last}`}` };
}
