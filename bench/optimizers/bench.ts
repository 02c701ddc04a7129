/**
 * `deno task bench --what optimizers`: evaluations and seconds until the residual has fallen to given values.
 * @module
 */
import { openEngine } from "../../lib/engines/open.ts";
import { sizeText } from "../iterations/figure.ts";
import { identityText } from "../machine.ts";
import type { BenchOptions } from "../options.ts";
import { writeChart, writeJson } from "../output.ts";
import { showProgress } from "../progress.ts";
import { optimizersChart } from "./chart.ts";
import { measureOptimizer, type OptimizerChoice, optimizers, type Progress } from "./measure.ts";

const defaultSizes = [{ height: 90, width: 160 }];

const iterations = 400;

/** Residuals to be reached. */
const wanted = [1, 0.3, 0.1, 0.03];

/** Prints a row for each optimizer; writes the files that are asked for. */
export async function benchOptimizers(
  { sizes = defaultSizes, threads, json, chart }: BenchOptions,
): Promise<void> {
  await using engine = await openEngine(threads === undefined ? {} : { threads });
  const { identity } = engine;
  console.log(`${identityText(identity)}, ${iterations} evaluations from noise\n`);
  console.log("Evaluations (seconds) until the residual of both texture losses is at most:\n");
  console.log(row("size", "optimizer", [...wanted.map(String), "lowest"]));
  const found = [];
  for (const size of sizes) {
    for (const optimizer of optimizers) {
      showProgress(`${sizeText(size)} ${text(optimizer)} runs`);
      const progress = await measureOptimizer(engine, optimizer, size, iterations);
      showProgress();
      console.log(row(sizeText(size), text(optimizer), cells(progress)));
      found.push({ size: sizeText(size), optimizer: text(optimizer), progress });
    }
  }
  await writeJson(json, { engine: identity, optimizers: found });
  await writeChart(chart, optimizersChart(found));
}

function cells(progress: readonly Progress[]): readonly string[] {
  const reached = wanted.map((residual) => {
    const first = progress.find((found) => found.residual <= residual);
    return first === undefined ? "-" : `${first.evaluations} (${first.seconds.toFixed(1)} s)`;
  });
  return [...reached, (progress.at(-1)?.residual ?? NaN).toPrecision(2)];
}

function text({ name, learningRate }: OptimizerChoice): string {
  return `${name} ${learningRate}`;
}

function row(size: string, optimizer: string, cells: readonly string[]): string {
  return [size.padEnd(9), optimizer.padEnd(14), ...cells.map((cell) => cell.padStart(13))].join(" ");
}
