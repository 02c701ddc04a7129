/**
 * `deno task bench --what status`: how long `status` takes, as a user waits for it.
 * @module
 */
import { RunError } from "../../lib/errors.ts";
import type { BenchOptions } from "../options.ts";
import { writeJson } from "../output.ts";
import { sizeText } from "../iterations/figure.ts";
import { median } from "../statistics.ts";
import { makeStore } from "./store.ts";

const defaultSizes = [{ height: 360, width: 640 }];

const frames = 120;

/** One stimulus, and an experiment. */
const counts = [1, 24];

/** Prints a row for each number of instances. */
export async function benchStatus({ sizes = defaultSizes, runs, json }: BenchOptions): Promise<void> {
  const nothing = await timeProgram(["--version"], runs);
  console.log(`${frames} frames each; the program itself starts in ${nothing.toFixed(2)} s\n`);
  console.log("size      instances   s");
  const found = [];
  for (const size of sizes) {
    for (const instances of counts) {
      const folder = await Deno.makeTempDir();
      try {
        await makeStore(folder, { instances, frames, size });
        const seconds = await timeProgram(["status", "--out", folder], runs);
        console.log(
          [sizeText(size).padEnd(9), String(instances).padStart(9), seconds.toFixed(2).padStart(7)].join(" "),
        );
        found.push({ size: sizeText(size), instances, frames, seconds });
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }
  }
  await writeJson(json, { start: nothing, status: found });
}

/** Median of the seconds from the start of the process to its end. */
async function timeProgram(args: readonly string[], runs: number): Promise<number> {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", "-P=look", "lib/cli/main.ts", ...args],
      cwd: new URL("../../", import.meta.url),
    }).output();
    if (code !== 0) throw new RunError(new TextDecoder().decode(stderr));
    seconds.push((performance.now() - began) / 1000);
  }
  return median(seconds);
}
