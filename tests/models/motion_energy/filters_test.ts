import assert from "node:assert/strict";
import { evaluate } from "../../../lib/engines/reference/evaluate.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { constant, conv2d, input } from "../../../lib/graph/operations.ts";
import {
  columnKernel,
  frequency,
  orientations,
  rowKernel,
  side,
} from "../../../lib/models/motion_energy/filters.ts";

/** Responses of the eight filters to one picture of their size, given from its center to the right and upwards. */
function respond(value: (right: number, up: number) => number): Float64Array {
  const graph = createGraphBuilder();
  const [rows, columns] = [rowKernel(), columnKernel()];
  const picture = input(graph, "picture", [1, 1, side, side]);
  const alongRows = conv2d(picture, constant(graph, rows.data, rows.shape));
  const responses = conv2d(alongRows, constant(graph, columns.data, columns.shape));
  const center = (side - 1) / 2;
  const pixels = Float64Array.from(
    { length: side * side },
    (_, i) => value(i % side - center, center - Math.floor(i / side)),
  );
  return evaluate(graph.finish({ responses }), { picture: pixels }).responses ?? new Float64Array();
}

/** even^2 + odd^2 by orientation. */
function energies(value: (right: number, up: number) => number): number[] {
  const responses = respond(value);
  const count = orientations.length;
  return orientations.map((_, i) => (responses[i] ?? NaN) ** 2 + (responses[i + count] ?? NaN) ** 2);
}

Deno.test("the filters do not respond to flat regions", () => {
  for (const response of respond(() => 0.7)) assert.ok(Math.abs(response) < 1e-6, String(response));
});

Deno.test("a filter's own grating has an energy of 1 at every phase, and less in every other orientation", () => {
  for (const [own, { right, up }] of orientations.entries()) {
    for (const phase of [0, 0.8, 1.6, 2.4]) {
      const made = energies((x, y) => Math.cos(right * x + up * y + phase));
      made.forEach((energy, i) => {
        assert.ok(i === own ? Math.abs(energy - 1) < 0.1 : energy < 0.15, `${own}, phase ${phase}: ${made}`);
      });
    }
  }
});

Deno.test("even filters meet a crest, odd ones a rising slope", () => {
  for (const [own, { right, up }] of orientations.entries()) {
    const crest = respond((x, y) => Math.cos(right * x + up * y));
    const slope = respond((x, y) => Math.sin(right * x + up * y));
    assert.ok((crest[own] ?? NaN) > 0.9 && Math.abs(crest[own + 4] ?? NaN) < 1e-6);
    assert.ok((slope[own + 4] ?? NaN) > 0.9 && Math.abs(slope[own] ?? NaN) < 1e-6);
  }
});

Deno.test("all wave vectors have the filters' frequency", () => {
  for (const { right, up } of orientations) assert.ok(Math.abs(Math.hypot(right, up) - frequency) < 1e-12);
});
