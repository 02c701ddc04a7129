/**
 * Where results go.
 * @module
 */
import { resolve } from "node:path";

/**
 * The folder of the results: as chosen, else `METAMER_RUNS`, else another that is known, else `runs`.
 * @param own what the workflow says
 */
export function runsFolder(chosen: string | undefined, own = "runs"): string {
  return resolve(chosen ?? (Deno.env.get("METAMER_RUNS") || own));
}
