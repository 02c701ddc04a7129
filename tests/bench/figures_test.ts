import assert from "node:assert/strict";
import { compile } from "vega-lite";
import { iterationsChart } from "../../bench/iterations/chart.ts";
import { exponentOf, type Figure, timesOurs } from "../../bench/iterations/figure.ts";
import { nominalGigaflop } from "../../bench/iterations/nominal_flop.ts";
import { optimizersChart } from "../../bench/optimizers/chart.ts";
import { parseOptions } from "../../bench/options.ts";
import { median } from "../../bench/statistics.ts";
import { gradient } from "../../lib/graph/gradient.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { constant, conv2d, input, sum } from "../../lib/graph/operations.ts";

/** Seconds in proportion to the pixels to the power of 1.5. */
const figures = [2, 4].flatMap((factor): Figure[] => {
  const size = { height: 160 * factor, width: 284 * factor };
  const figure = { size, stream: "both", gigaflop: 1, peak: 1, peakBytes: 1, compileSeconds: 1 } as const;
  const seconds = factor ** 3;
  return [
    { ...figure, setting: "ours", seconds: [seconds, 100, 0.1] },
    { ...figure, setting: "baseline", seconds: [2 * seconds, 150, 0.15] },
  ];
});

Deno.test("the median is the middle of an odd number of measurements, and between the middle ones of an even number", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([9, 1, 5, 7]), 6);
});

Deno.test("figures tell how ours grows with the pixels, and how the baseline compares in the same rounds", () => {
  assert.ok(Math.abs(exponentOf("both", figures) - 1.5) < 1e-12);
  assert.ok(
    Number.isNaN(exponentOf("spatial", figures)),
    "of a stream that was not measured nothing is known",
  );
  assert.deepEqual(figures.map((figure) => timesOurs(figure, figures)), [1, 1.5, 1, 1.5]);
});

Deno.test("the work of a convolution counts two for each product, and as much again for its gradient", () => {
  const graph = createGraphBuilder();
  const image = input(graph, "image", [1, 2, 5, 6]);
  const made = conv2d(image, constant(graph, new Float32Array(3 * 2 * 9), [3, 2, 3, 3]), { pad: 1 });
  const total = sum(made, [0, 1, 2, 3]);
  const forward = 2 * 3 * 2 * 9 * 5 * 6 / 1e9;
  assert.equal(nominalGigaflop(graph.finish({ total })), forward);
  assert.equal(nominalGigaflop(graph.finish({ total, gradient: gradient(total, image) })), 2 * forward);
});

Deno.test("the chart of iterations is one that vega-lite knows how to draw", () => {
  assert.ok(compile(iterationsChart(figures)).spec.marks);
});

Deno.test("the chart of optimizers is one that vega-lite knows how to draw", () => {
  const progress = [{ evaluations: 1, seconds: 0.5, residual: 2 }, {
    evaluations: 2,
    seconds: 1,
    residual: 0.1,
  }];
  assert.ok(compile(optimizersChart([{ size: "16x16", optimizer: "adam", progress }])).spec.marks);
});

Deno.test("arguments that the benchmark does not understand are told in its own words", () => {
  assert.throws(
    () => parseOptions(["--sizes", "160"]),
    /expected HEIGHTxWIDTH from 16x16, like 160x284, got "160"/,
  );
  assert.throws(() => parseOptions(["--streams", "audio"]), /expected spatial, temporal, both, got "audio"/);
  assert.throws(() => parseOptions(["--runs", "0"]), /expected a whole number from 1, got "0"/);
  assert.throws(() => parseOptions(["--fast"]), /--fast/);
});
