/**
 * Runs two iterations for each line on standard input and answers with a line of JSON on standard output that tells of the
 * second; the first line that it prints says that it is ready. `baseline/serve.py` does the same in TensorFlow.
 *
 * A process of its own, so that what it says of its memory is that of one workload.
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { openEngine } from "../../lib/engines/open.ts";
import { defaultStreams } from "../../lib/synthesis/requests.ts";
import { hasWeights } from "../models.ts";
import { parseSize } from "../options.ts";
import { lines } from "./lines.ts";
import { prepareMatrixProduct } from "./matrix_product.ts";
import { prepareWorkload, type Stream, streams } from "./workload.ts";

const { values: options } = parseArgs({
  options: {
    stream: { type: "string" },
    size: { type: "string" },
    exact: { type: "boolean", default: false },
    threads: { type: "string" },
  },
});

await using engine = await openEngine({
  exact: options.exact,
  ...(options.threads !== undefined && { threads: Number(options.threads) }),
});
const stream = streams.find((name) => name === options.stream);
await using workload = stream === undefined
  ? await prepareMatrixProduct(engine)
  : await prepareWorkload(engine, stream, parseSize(options.size ?? ""));

answer({
  compileSeconds: workload.compileSeconds,
  weights: stream === undefined ? {} : await weightsOf(stream),
});
for await (const _ of lines(Deno.stdin.readable)) {
  // Not counted: the others have emptied the processor's caches, where a render's last iteration has filled them.
  await workload.run();
  const began = performance.now();
  await workload.run();
  const seconds = (performance.now() - began) / 1000;
  answer({ seconds, peakBytes: process.resourceUsage().maxRSS * 1024 });
}

/** Of the models that the stream goes through. */
async function weightsOf(stream: Stream): Promise<Readonly<Record<string, "real" | "random">>> {
  const { spatial, temporal } = defaultStreams;
  const names = { spatial: [spatial], temporal: [temporal], both: [spatial, temporal] }[stream];
  const found = names.map(async (name) => [name, await hasWeights(name) ? "real" : "random"] as const);
  return Object.fromEntries(await Promise.all(found));
}

function answer(values: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify(values));
}
