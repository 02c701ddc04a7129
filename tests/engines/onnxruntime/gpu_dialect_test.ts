/** Graphs as they are written for GPUs, computed by ONNX Runtime's processor kernels: right wherever the operators are. */
import assert from "node:assert/strict";
import type { Engine } from "../../../lib/engines/engine.ts";
import { gpuDialect } from "../../../lib/engines/onnxruntime/lowering/gpu_dialect.ts";
import { openOnnxRuntimeEngine } from "../../../lib/engines/onnxruntime/onnxruntime_engine.ts";
import { createProgram } from "../../../lib/engines/onnxruntime/program.ts";
import { openSession } from "../../../lib/engines/onnxruntime/sessions.ts";
import { writeModel } from "../../../lib/engines/onnxruntime/write_model.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { input, matmul, transpose } from "../../../lib/graph/operations.ts";
import { distinctValues } from "../../graph/sample_values.ts";
import { conformanceSuite } from "../conformance.ts";
import { assertAgrees, value } from "../conformance_case.ts";

/** An engine for the processor that writes as for a GPU. */
async function openWriter(): Promise<Engine> {
  const { identity, ...engine } = await openOnnxRuntimeEngine({ threads: 1 });
  return {
    ...engine,
    identity,
    async compile(graph) {
      const { model, ...written } = writeModel(graph, gpuDialect("float32"));
      const session = await openSession(model, { provider: "cpu", device: 0, threads: 1 });
      return createProgram(graph, session, written);
    },
  };
}

conformanceSuite("written for GPUs", openWriter);

Deno.test("a Gram matrix of many positions is the sum of those of its parts", async () => {
  await using engine = await openWriter();
  const builder = createGraphBuilder();
  const rows = input(builder, "rows", [3, 6144]);
  const graph = builder.finish({ gram: matmul(rows, transpose(rows, [1, 0])) });
  const { model } = writeModel(graph, gpuDialect("float32"));
  assert.ok(new TextDecoder("latin1").decode(model).includes("ReduceSum"));
  await assertAgrees(engine, graph, { rows: value([3, 6144], distinctValues(3 * 6144, 1)) });
});
