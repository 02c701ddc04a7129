import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { gradient } from "../../lib/graph/gradient.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import {
  constant,
  conv2d,
  input,
  maxPool2d,
  meanOfAll,
  relu,
  square,
  subtract,
} from "../../lib/graph/operations.ts";
import { isTensorFlow } from "../../lib/engines/tensorflow/library.ts";
import { value } from "../engines/conformance_case.ts";
import { distinctValues } from "../graph/sample_values.ts";
import { withBackend } from "./backends_here.ts";

/** Tensors that the library holds. */
function tensors(): number {
  const library: unknown = createRequire(new URL("../../tensorflow/", import.meta.url))("@tensorflow/tfjs");
  assert.ok(isTensorFlow(library));
  return library.memory().numTensors;
}

for (const backend of ["node", "wasm"] as const) {
  await withBackend(backend, (engine) => {
    Deno.test(`tensorflow ${backend}: a program holds as many tensors after 1,000 runs as after one, and none when it is disposed`, async () => {
      const before = tensors();
      const builder = createGraphBuilder();
      const x = input(builder, "x", [1, 2, 8, 8]);
      const kernel = constant(builder, distinctValues(3 * 2 * 9, 1), [3, 2, 3, 3]);
      const pooled = maxPool2d(relu(conv2d(x, kernel, { pad: 1 })), { size: 2, stride: 2 });
      const loss = meanOfAll(square(subtract(pooled, input(builder, "target", [1, 3, 4, 4]))));
      const program = await engine.compile(builder.finish({ loss, gradient: gradient(loss, x) }));
      const frame = { x: value([1, 2, 8, 8], distinctValues(128, 2)) };
      const target = { target: value([1, 3, 4, 4], distinctValues(48, 3)) };
      await program.bind(target);
      await program.run(frame);
      const held = tensors();
      for (let run = 0; run < 1000; run++) {
        if (run % 100 === 0) await program.bind(target);
        await program.run(frame);
      }
      assert.equal(tensors(), held);
      await assert.rejects(program.run({ stranger: value([1], [1]) }));
      await assert.rejects(program.bind({ x: value([1], [1]) }));
      assert.equal(tensors(), held);
      await program[Symbol.asyncDispose]();
      assert.equal(tensors(), before);
    });
  });
}
