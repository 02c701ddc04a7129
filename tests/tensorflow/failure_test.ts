import assert from "node:assert/strict";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { broadcast, input, sumOfAll } from "../../lib/graph/operations.ts";
import { RunError } from "../../lib/errors.ts";
import { value } from "../engines/conformance_case.ts";
import { withBackend } from "./backends_here.ts";

await withBackend("cpu", (engine) => {
  Deno.test("tensorflow cpu: what its memory does not hold ends with the library's reason, and not as a bug of ours", async () => {
    const builder = createGraphBuilder();
    const x = input(builder, "x", [1, 1]);
    await using program = await engine.compile(
      builder.finish({ sum: sumOfAll(broadcast(x, [2 ** 20, 2 ** 20])) }),
    );
    await assert.rejects(program.run({ x: value([1, 1], [1]) }), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(error.message, /^TensorFlow\.js could not compute: /);
      assert.match(error.message, /smaller height/);
      return true;
    });
  });
});
