/**
 * `deno task schema` writes `schemas/` and `docs/reference.md` anew; with `--check` it writes nothing, names the files that are
 * not what the schemas say, and ends with 1 if there are any.
 * @module
 */
import { parseArgs } from "node:util";
import { generatedFiles, staleFiles } from "./generated_files.ts";

const project = new URL("../../../", import.meta.url);
const { values } = parseArgs({ args: Deno.args, options: { check: { type: "boolean" } } });

if (values.check === true) {
  const stale = await staleFiles(project);
  for (const path of stale) console.error(`${path} is not what the schemas say; deno task schema writes it`);
  if (stale.length > 0) Deno.exit(1);
} else {
  for (const [path, text] of generatedFiles()) {
    await Deno.writeTextFile(new URL(path, project), text);
    console.log(`wrote ${path}`);
  }
}
