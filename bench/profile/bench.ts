/**
 * `deno task bench --what profile`: the operations that take most of an iteration's time.
 * @module
 */
import { openEngine } from "../../lib/engines/open.ts";
import { workloadGraph } from "../iterations/workload.ts";
import { sizeText } from "../iterations/figure.ts";
import { identityText } from "../machine.ts";
import type { BenchOptions } from "../options.ts";
import { writeJson } from "../output.ts";
import { type ProfileEntry, profileGraph } from "./profile.ts";

const defaultSizes = [{ height: 360, width: 640 }];

/** Of nodes by shape, so many are shown. */
const shown = 25;

/** Prints a profile for each size and stream. */
export async function benchProfile(options: BenchOptions): Promise<void> {
  await using engine = await openEngine(options.threads === undefined ? {} : { threads: options.threads });
  const { identity } = engine;
  const convolution = options.exact ? "direct" : "winograd";
  console.log(`${identityText(identity)}, ${convolution} convolutions, means of ${options.runs}`);
  const found = [];
  for (const size of options.sizes ?? defaultSizes) {
    for (const stream of options.streams) {
      const profile = await profileGraph(await workloadGraph(stream, size), {
        convolution,
        threads: identity.threads,
        runs: options.runs,
      });
      console.log(`\n${sizeText(size)} ${stream}: ${profile.milliseconds.toFixed(1)} ms per run\n`);
      print(profile.operations);
      console.log();
      print(profile.shapes.slice(0, shown));
      found.push({ size: sizeText(size), stream, ...profile });
    }
  }
  await writeJson(options.json, { engine: { ...identity, convolution }, profiles: found });
}

function print(entries: readonly ProfileEntry[]): void {
  for (const { name, milliseconds, nodes } of entries) {
    console.log(`${milliseconds.toFixed(2).padStart(9)} ms ${String(nodes).padStart(5)} x ${name}`);
  }
}
