import assert from "node:assert/strict";
import { evaluate } from "../../../lib/engines/reference/evaluate.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { constant, input, matmul, reshape } from "../../../lib/graph/operations.ts";
import { advances, energyMatrix, products } from "../../../lib/models/motion_energy/energies.ts";
import { distinctValues } from "../../graph/sample_values.ts";

Deno.test("the energies are squared sums of both frames' responses, of which the previous one is turned by the advance", () => {
  const responses = distinctValues(2 * 8 * 3, 1);
  const [previous, current] = [responses.subarray(0, 8 * 3), responses.subarray(8 * 3)];
  const graph = createGraphBuilder();
  const seen = (name: string) => input(graph, name, [1, 8, 1, 3]);
  const made = reshape(products(seen("previous"), seen("current")), [12, 3]);
  const energies = matmul(constant(graph, energyMatrix(), [16, 12]), made);
  const found = evaluate(graph.finish({ energies }), { previous, current }).energies ?? new Float64Array();
  const at = (frame: number, filter: number, pixel: number) =>
    responses[(frame * 8 + filter) * 3 + pixel] ?? NaN;
  advances.forEach((advance, i) => {
    for (let orientation = 0; orientation < 4; orientation++) {
      for (let pixel = 0; pixel < 3; pixel++) {
        const [p, q] = [at(0, orientation, pixel), at(0, orientation + 4, pixel)];
        const [r, s] = [at(1, orientation, pixel), at(1, orientation + 4, pixel)];
        const even = p * Math.cos(advance) - q * Math.sin(advance) + r;
        const odd = p * Math.sin(advance) + q * Math.cos(advance) + s;
        const expected = (even ** 2 + odd ** 2) / 4;
        assert.ok(Math.abs((found[(i * 4 + orientation) * 3 + pixel] ?? NaN) - expected) < 1e-6);
      }
    }
  });
});
