/**
 * The yardstick of an engine: a large product of matrices, which runs as fast as the processor computes.
 * @module
 */
import type { Engine } from "../../lib/engines/engine.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { constant, input, matmul } from "../../lib/graph/operations.ts";
import { uniformValues } from "../../lib/frames/noise.ts";
import type { Workload } from "./workload.ts";

const side = 2048;

/** What one run computes, in GFLOP. */
export const matrixProductGigaflop = 2 * side ** 3 / 1e9;

/** The product of two 2048 x 2048 matrices. Only its rows' sums are handed out: copying it would take time, too. */
export async function prepareMatrixProduct(engine: Engine): Promise<Workload> {
  const graph = createGraphBuilder();
  const values = uniformValues({ seed: 1, frame: 0, purpose: "generated" }, side * side);
  const product = matmul(input(graph, "matrix", [side, side]), constant(graph, values, [side, side]));
  const sums = matmul(product, constant(graph, new Float32Array(side).fill(1), [side, 1]));
  const began = performance.now();
  const program = await engine.compile(graph.finish({ sums }));
  const compileSeconds = (performance.now() - began) / 1000;
  await program.bind({ matrix: { shape: [side, side], data: values } });
  return {
    compileSeconds,
    run: async () => {
      await program.run({});
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
