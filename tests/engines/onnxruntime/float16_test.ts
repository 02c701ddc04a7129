/**
 * What is computed in float16. ONNX Runtime's processor kernels round its operands and results as a GPU does, and sum up in
 * float32, as cuDNN does: enough to see that models are sound and how far they are off. Renders are never given to them so.
 */
import assert from "node:assert/strict";
import { gpuDialect } from "../../../lib/engines/onnxruntime/lowering/gpu_dialect.ts";
import { createProgram } from "../../../lib/engines/onnxruntime/program.ts";
import { openSession } from "../../../lib/engines/onnxruntime/sessions.ts";
import { writeModel } from "../../../lib/engines/onnxruntime/write_model.ts";
import { evaluate } from "../../../lib/engines/reference/evaluate.ts";
import { gradient } from "../../../lib/graph/gradient.ts";
import type { Graph } from "../../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import {
  constant,
  conv2d,
  divide,
  input,
  matmul,
  meanOfAll,
  multiply,
  relu,
  reshape,
  square,
  subtract,
  transpose,
} from "../../../lib/graph/operations.ts";
import { distinctValues } from "../../graph/sample_values.ts";
import { openEngine } from "../../../lib/engines/open.ts";

const side = 24;

/** A spatial term as a synthesis has it: pixels to 255, two convolutions, a Gram matrix, its loss brought to a size. */
function textureLoss(multiplier: number): Graph {
  const builder = createGraphBuilder();
  const kernel = (values: number, shape: readonly number[], seed: number) =>
    constant(builder, distinctValues(values, seed), shape);
  const image = input(builder, "image", [1, 3, side, side]);
  const first = relu(conv2d(multiply(image, 255), kernel(16 * 27, [16, 3, 3, 3], 1), { pad: 1 }));
  const second = relu(conv2d(first, kernel(24 * 144, [24, 16, 3, 3], 2), { pad: 1 }));
  const rows = reshape(second, [24, side * side]);
  const gram = divide(matmul(rows, transpose(rows, [1, 0])), side * side);
  const target = constant(builder, distinctValues(24 * 24, 3), [24, 24]);
  const loss = multiply(meanOfAll(square(subtract(gram, target))), multiplier);
  return builder.finish({ loss, gradient: gradient(loss, image) });
}

const image = Float32Array.from(distinctValues(3 * side * side, 4), (value) => (value + 1) / 2);

/** The relative error of loss and gradient (L2) of the model in float16. */
async function errorsOf(graph: Graph): Promise<{ readonly loss: number; readonly gradient: number }> {
  const { model, ...written } = writeModel(graph, gpuDialect("float16"));
  const session = await openSession(model, { provider: "cpu", device: 0, threads: 1 });
  await using program = createProgram(graph, session, written);
  const made = await program.run({ image: { shape: [1, 3, side, side], data: image } });
  const expected = evaluate(graph, { image: Float64Array.from(image) });
  const error = (name: "loss" | "gradient") => {
    const [found, right] = [made[name]?.data ?? new Float32Array(), expected[name] ?? new Float64Array()];
    const squares = right.reduce((sum, value, i) => sum + ((found[i] ?? NaN) - value) ** 2, 0);
    return Math.sqrt(squares / right.reduce((sum, value) => sum + value ** 2, 0));
  };
  return { loss: error("loss"), gradient: error("gradient") };
}

for (
  const { what, multiplier } of [
    { what: "as large as it comes, far above float16's 65504", multiplier: 1 },
    { what: "balanced to some 1e4", multiplier: 1e-10 },
    { what: "with gradients far below float16's smallest number", multiplier: 1e-20 },
    { what: "with gradients that float32 just holds", multiplier: 1e-34 },
  ]
) {
  Deno.test(`in float16 a loss and its gradient are right to a thousandth: ${what}`, async () => {
    const { loss, gradient } = await errorsOf(textureLoss(multiplier));
    assert.ok(loss > 0 && loss < 2e-3, `loss off by ${loss}`);
    assert.ok(gradient > 1e-6 && gradient < 5e-3, `gradient off by ${gradient}`);
  });
}

Deno.test("float16 is refused where it would be computed in another precision, before anything is opened", async () => {
  for (
    const [options, reason] of [
      [{}, /the provider cpu of onnxruntime computes float16 as float32/],
      [{ provider: "coreml" }, /the provider coreml of onnxruntime decides itself/],
      [{ provider: "tensorrt" }, /the provider tensorrt of onnxruntime can't be told/],
      [{ engine: "reference" }, /the engine reference computes in float64/],
    ] as const
  ) {
    await assert.rejects(
      openEngine({ ...options, precision: "float16" }),
      (error) =>
        error instanceof Error && error.name === "WorkflowError" && reason.test(error.message) &&
        error.message.endsWith(
          "float16 needs one of ONNX Runtime's providers webgpu, cuda, directml: --provider webgpu",
        ),
    );
  }
});
