/**
 * Engines: whether they load, and whether they compute what they should.
 * @module
 */
import type { Engine, TensorValues } from "../../engines/engine.ts";
import { gradient } from "../../graph/gradient.ts";
import type { Graph } from "../../graph/graph.ts";
import { createGraphBuilder } from "../../graph/graph_builder.ts";
import { constant, conv2d, input, maxPool2d, relu, sumOfAll } from "../../graph/operations.ts";
import { reinstall } from "./commands.ts";
import type { Diagnosis, Examination } from "./diagnosis.ts";

const side = 8;

/** One for each engine. */
export const engineExaminations: readonly Examination[] = [
  { what: "engine onnxruntime", fix: reinstall, look: lookAtOnnxRuntime },
  { what: "engine reference", fix: reinstall, look: lookAtReference },
];

async function lookAtOnnxRuntime(): Promise<Omit<Diagnosis, "what">> {
  const { openEngine } = await import("../../engines/open.ts");
  await using engine = await openEngine({ engine: "onnxruntime" });
  await using judge = await openEngine({ engine: "reference" });
  const { version, provider, device, threads } = engine.identity;
  const who = `${version}, ${provider} on ${device}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
  const [found, expected] = [await evaluate(engine), await evaluate(judge)];
  const difference = largestDifference(found, expected);
  return difference < 1e-5
    ? { state: "ok", found: `${who}; a small network and its gradient are right` }
    : { state: "missing", found: `${who}; a small network is off by ${difference}`, fix: reinstall };
}

async function lookAtReference(): Promise<Omit<Diagnosis, "what">> {
  const { openEngine } = await import("../../engines/open.ts");
  await using engine = await openEngine({ engine: "reference" });
  await evaluate(engine);
  return { state: "ok", found: "for checks: --engine reference computes slowly, in 64 bits" };
}

async function evaluate(engine: Engine): Promise<TensorValues> {
  await using program = await engine.compile(smallNetwork());
  const frame = Float32Array.from({ length: 3 * side * side }, (_, i) => Math.sin(i * i) / 2);
  return await program.run({ frame: { shape: [1, 3, side, side], data: frame } });
}

/** A convolution, what follows one in every network, and the gradient of it all. */
function smallNetwork(): Graph {
  const graph = createGraphBuilder();
  const frame = input(graph, "frame", [1, 3, side, side]);
  const kernel = constant(graph, Array.from({ length: 4 * 3 * 9 }, (_, i) => Math.cos(i * i) / 9), [
    4,
    3,
    3,
    3,
  ]);
  const features = maxPool2d(relu(conv2d(frame, kernel, { pad: 1 })), { size: 2, stride: 2 });
  const loss = sumOfAll(features);
  return graph.finish({ loss, gradient: gradient(loss, frame) });
}

/** By the largest value of each output. */
function largestDifference(found: TensorValues, expected: TensorValues): number {
  return Math.max(
    ...Object.entries(expected).map(([name, { data }]) => {
      const other = found[name]?.data ?? new Float32Array();
      const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return data.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? NaN))), 0) /
        largest;
    }),
  );
}
