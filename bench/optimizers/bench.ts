/**
 * `deno task bench --what optimizers`: evaluations and seconds until the texture loss has fallen to shares of its start.
 * @module
 */
import { openEngine } from "../../lib/engines/open.ts";
import { sizeText } from "../iterations/figure.ts";
import { identityText } from "../machine.ts";
import type { BenchOptions } from "../options.ts";
import { writeChart, writeJson } from "../output.ts";
import { optimizersChart } from "./chart.ts";
import { measureOptimizer, type OptimizerChoice, optimizers, type Progress } from "./measure.ts";

const defaultSizes = [{ height: 90, width: 160 }];

const iterations = 400;

/** Shares of the loss at the start. */
const shares = [1 / 2, 1 / 4, 1 / 8, 1 / 16];

/** Prints a row for each optimizer; writes the files that are asked for. */
export async function benchOptimizers(
  { sizes = defaultSizes, threads, json, chart }: BenchOptions,
): Promise<void> {
  await using engine = await openEngine(threads === undefined ? {} : { threads });
  const { identity } = engine;
  console.log(`${identityText(identity)}, ${iterations} evaluations from noise\n`);
  console.log("Evaluations (seconds) until the lowest loss is a share of the start's:\n");
  console.log(row("size", "optimizer", [...shares.map((share) => `1/${1 / share}`), "lowest"]));
  const found = [];
  for (const size of sizes) {
    for (const optimizer of optimizers) {
      const progress = await measureOptimizer(engine, optimizer, size, iterations);
      console.log(row(sizeText(size), text(optimizer), cells(progress)));
      found.push({ size: sizeText(size), optimizer: text(optimizer), progress });
    }
  }
  await writeJson(json, { engine: identity, optimizers: found });
  await writeChart(chart, optimizersChart(found));
}

function cells(progress: readonly Progress[]): readonly string[] {
  const reached = shares.map((share) => {
    const first = progress.find(({ loss }) => loss <= share);
    return first === undefined ? "-" : `${first.evaluations} (${first.seconds.toFixed(1)} s)`;
  });
  return [...reached, (progress.at(-1)?.loss ?? NaN).toFixed(4)];
}

function text({ name, learningRate }: OptimizerChoice): string {
  return `${name} ${learningRate}`;
}

function row(size: string, optimizer: string, cells: readonly string[]): string {
  return [size.padEnd(9), optimizer.padEnd(14), ...cells.map((cell) => cell.padStart(13))].join(" ");
}
