/**
 * `deno task bench --what color_transfer`: what color transfer adds to each frame.
 * @module
 */
import { type ColorTransferVariant, transferColor } from "../../lib/frames/color_transfer/transfer_color.ts";
import { sizeText } from "../iterations/figure.ts";
import type { BenchOptions } from "../options.ts";
import { writeJson } from "../output.ts";
import { median } from "../statistics.ts";
import { leaves } from "../textures.ts";

const defaultSizes = [{ height: 160, width: 284 }, { height: 360, width: 640 }];

const variants: readonly ColorTransferVariant[] = ["pdf_regrain", "pdf", "mean_std_lab"];

/** Prints a row for each size and variant. No engine takes part: it is computed by one thread, in float64. */
export async function benchColorTransfer(
  { sizes = defaultSizes, runs, json }: BenchOptions,
): Promise<void> {
  console.log(`Deno ${Deno.version.deno}, one thread, medians of ${runs}\n`);
  console.log("size      variant            s");
  const found = [];
  for (const size of sizes) {
    const { previous: source, current: target } = leaves(30, size);
    for (const variant of variants) {
      const seconds: number[] = [];
      // The first one is not counted: it is compiled meanwhile.
      for (let run = -1; run < runs; run++) {
        const began = performance.now();
        transferColor(source, target, variant);
        if (run >= 0) seconds.push((performance.now() - began) / 1000);
      }
      const cells = [sizeText(size).padEnd(9), variant.padEnd(12), median(seconds).toFixed(3).padStart(7)];
      console.log(cells.join(" "));
      found.push({ size: sizeText(size), variant, seconds });
    }
  }
  await writeJson(json, { deno: Deno.version.deno, colorTransfer: found });
}
