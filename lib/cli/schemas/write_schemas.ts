/**
 * Writes `schemas/` and `docs/reference.md` anew: `deno task schema`.
 * @module
 */
import { generatedFiles } from "./generated_files.ts";

for (const [path, text] of generatedFiles()) {
  await Deno.writeTextFile(new URL(`../../../${path}`, import.meta.url), text);
  console.log(`wrote ${path}`);
}
