/**
 * `deno task bench --what checkpoints`: what a checkpoint inside a frame takes of the time until the next one.
 * @module
 */
import { checkpointSeconds } from "../../lib/cli/run/checkpoint_seconds.ts";
import { leastPause } from "../../lib/runner/checkpoints.ts";
import { dataSize } from "../../lib/cli/display/data_size.ts";
import type { OptimizerSettings } from "../../lib/synthesis/settings.ts";
import { sizeText } from "../iterations/figure.ts";
import type { BenchOptions } from "../options.ts";
import { writeJson } from "../output.ts";
import { median } from "../statistics.ts";
import { measureCheckpoints } from "./measure.ts";

const defaultSizes = [{ height: 360, width: 640 }];

const optimizers: readonly OptimizerSettings[] = [
  { name: "descent", normalize_gradient: true },
  { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  { name: "lbfgs", history: 10 },
];

/** Prints a row for each size and optimizer. */
export async function benchCheckpoints({ sizes = defaultSizes, runs, json }: BenchOptions): Promise<void> {
  const every = checkpointSeconds({});
  console.log(`every ${every} s, in ${Deno.env.get("TMPDIR") ?? "/tmp"}\n`);
  console.log("size      optimizer  checkpoint       s  next after  of the time");
  const found = [];
  for (const size of sizes) {
    for (const optimizer of optimizers) {
      const folder = await Deno.makeTempDir();
      try {
        const { bytes, seconds } = await measureCheckpoints(folder, optimizer, size, runs);
        const middle = median(seconds);
        const pause = Math.max(every, leastPause * middle);
        const share = middle / (pause + middle);
        const cells = [
          sizeText(size).padEnd(9),
          optimizer.name.padEnd(10),
          dataSize(bytes).padStart(10),
          middle.toFixed(3).padStart(7),
          `${pause.toFixed(0)} s`.padStart(11),
          `${(100 * share).toFixed(2)} %`.padStart(12),
        ];
        console.log(cells.join(" "));
        found.push({ size: sizeText(size), optimizer: optimizer.name, bytes, seconds, pause, share });
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }
  }
  await writeJson(json, { every, checkpoints: found });
}
