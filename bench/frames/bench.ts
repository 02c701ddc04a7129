/**
 * `deno task bench --what frames`: whether later frames of a clip cost what earlier ones do.
 * @module
 */
import { openEngine } from "../../lib/engines/open.ts";
import { sizeText } from "../iterations/figure.ts";
import { identityText } from "../machine.ts";
import type { BenchOptions } from "../options.ts";
import { writeChart, writeJson } from "../output.ts";
import { median } from "../statistics.ts";
import { framesChart } from "./chart.ts";
import { type FrameCost, measureFrames } from "./measure.ts";

const defaultSizes = [{ height: 160, width: 284 }];

const frames = 12;

/** Prints a row for each frame; writes the files that are asked for. `runs` is the number of iterations of a frame. */
export async function benchFrames(
  { sizes = defaultSizes, threads, runs, json, chart }: BenchOptions,
): Promise<void> {
  await using engine = await openEngine(threads === undefined ? {} : { threads });
  const { identity } = engine;
  console.log(
    `${identityText(identity)}, ${runs} ${runs === 1 ? "iteration" : "iterations"} for each frame\n`,
  );
  console.log("size      frame   s/iteration   s/frame   memory in use");
  const found = [];
  for (const size of sizes) {
    const costs: FrameCost[] = [];
    for await (const cost of measureFrames(engine, size, { frames, iterations: runs })) {
      costs.push(cost);
      console.log([
        sizeText(size).padEnd(9),
        String(cost.frame).padStart(5),
        cost.secondsPerIteration.toFixed(3).padStart(13),
        cost.seconds.toFixed(2).padStart(9),
        `${(cost.residentBytes / 2 ** 30).toFixed(2)} GiB`.padStart(15),
      ].join(" "));
    }
    console.log(
      `The second half of the frames takes ${
        growth(costs).toFixed(2)
      } times as long per iteration as the first.`,
    );
    found.push({ size: sizeText(size), growth: growth(costs), frames: costs });
  }
  await writeJson(json, { engine: identity, sizes: found });
  await writeChart(chart, framesChart(found));
}

function growth(costs: readonly FrameCost[]): number {
  const half = costs.length / 2;
  const seconds = costs.map(({ secondsPerIteration }) => secondsPerIteration);
  return median(seconds.slice(half)) / median(seconds.slice(0, half));
}
