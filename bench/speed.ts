/**
 * Seconds per iteration by stream and size: `deno task bench [--sizes 160x284,...] [--runs N] [--threads N]`.
 *
 * Nothing else should run meanwhile: another process that keeps a core busy doubles what is measured, and a second session
 * of ONNX Runtime whose threads wait actively does so too (the engine stops its own at the end of each run).
 * @module
 */
import { parseArgs } from "node:util";
import type { Engine } from "../lib/engines/engine.ts";
import { openEngine } from "../lib/engines/open.ts";
import type { Size } from "../lib/frames/frame.ts";
import type { Graph } from "../lib/graph/graph.ts";
import { convolutionsAlone } from "./convolutions_alone.ts";
import { iterationGraph } from "./iteration.ts";
import { spatialModel, temporalModel } from "./models.ts";
import { medianSeconds, randomInputs } from "./timing.ts";

const { values: options } = parseArgs({
  options: {
    sizes: { type: "string", default: "160x284,240x426,360x640" },
    runs: { type: "string", default: "7" },
    threads: { type: "string" },
  },
});
const runs = Number(options.runs);

await using engine = await openEngine(
  options.threads === undefined ? {} : { threads: Number(options.threads) },
);
const [spatial, temporal] = await Promise.all([spatialModel(), temporalModel()]);
const { name, version, device, threads } = engine.identity;
console.log(`${name} ${version}, ${device}, ${threads} threads, median of ${runs}`);
console.log(`weights: vgg19 ${spatial.weights}, msoe ${temporal.weights}\n`);
console.log("size       spatial   convolutions alone   ratio   temporal   seconds per iteration");
for (const size of options.sizes.split(",").map(parseSize)) {
  const [iteration = NaN, convolutions = NaN] = await timed(engine, [
    iterationGraph(spatial.model, size),
    convolutionsAlone(size),
  ]);
  const [motion = NaN] = await timed(engine, [iterationGraph(temporal.model, size)]);
  console.log([
    `${size.height}x${size.width}`.padEnd(8),
    iteration.toFixed(3).padStart(9),
    convolutions.toFixed(3).padStart(20),
    (iteration / convolutions).toFixed(2).padStart(7),
    motion.toFixed(3).padStart(10),
  ].join(" "));
}

/** Programs that are timed together are in memory together, and are disposed of before the next are compiled. */
async function timed(engine: Engine, graphs: readonly Graph[]): Promise<readonly number[]> {
  await using stack = new AsyncDisposableStack();
  const programs = [];
  for (const graph of graphs) {
    const program = stack.use(await engine.compile(graph));
    await program.bind(randomInputs(graph));
    programs.push(program);
  }
  return await medianSeconds(programs, runs);
}

function parseSize(text: string): Size {
  const [height = NaN, width = NaN] = text.split("x").map(Number);
  if (!(height >= 16 && width >= 16)) {
    throw new Error(`--sizes: expected HEIGHTxWIDTH from 16x16, got "${text}"`);
  }
  return { height, width };
}
