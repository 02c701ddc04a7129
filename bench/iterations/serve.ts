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
import { parseSize } from "../options.ts";
import { lines } from "./lines.ts";
import { prepareMatrixProduct } from "./matrix_product.ts";
import { prepareWorkload, streams } from "./workload.ts";

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

answer({ compileSeconds: workload.compileSeconds });
for await (const _ of lines(Deno.stdin.readable)) {
  // Not counted: the others have emptied the processor's caches, where a render's last iteration has filled them.
  await workload.run();
  const began = performance.now();
  await workload.run();
  const seconds = (performance.now() - began) / 1000;
  answer({ seconds, peakBytes: process.resourceUsage().maxRSS * 1024 });
}

function answer(values: Readonly<Record<string, number>>): void {
  console.log(JSON.stringify(values));
}
