/**
 * `deno task bench`: seconds per iteration by size, stream and setting.
 * @module
 */
import { engineIdentity, identityText } from "../machine.ts";
import type { BenchOptions } from "../options.ts";
import { writeChart, writeJson } from "../output.ts";
import { iterationsChart } from "./chart.ts";
import { exponentOf, type Figure, secondsOf, speedOf, timesOurs } from "./figure.ts";
import { measureIterations } from "./measure.ts";
import { growth, heading, ratios, rows } from "./table.ts";
import { streams } from "./workload.ts";

const defaultSizes = [{ height: 160, width: 284 }, { height: 240, width: 426 }, { height: 360, width: 640 }];

/** Prints the rows as they are measured, then the ratios; writes the files that are asked for. */
export async function benchIterations(options: BenchOptions): Promise<void> {
  const identity = await engineIdentity(options.threads);
  console.log(`${identityText(identity)}, medians of ${options.runs} in turns\n\n${heading}`);
  const figures: Figure[] = [];
  for await (const found of measureIterations(options.sizes ?? defaultSizes, options)) {
    figures.push(...found);
    console.log(rows(found));
  }
  const summary = [ratios(figures), growth(figures)].filter((text) => text !== "");
  if (summary.length > 0) console.log(`\n${summary.join("\n")}`);
  await writeJson(options.json, {
    engine: identity,
    figures: figures.map((figure) => ({
      ...figure,
      median: secondsOf(figure),
      gigaflops: speedOf(figure),
      timesOurs: timesOurs(figure, figures),
    })),
    exponents: Object.fromEntries(streams.map((stream) => [stream, exponentOf(stream, figures)])),
  });
  await writeChart(options.chart, iterationsChart(figures));
}
