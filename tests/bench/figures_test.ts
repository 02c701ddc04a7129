import assert from "node:assert/strict";
import { join } from "node:path";
import { compile, type TopLevelSpec } from "vega-lite";
import { z } from "zod";
import { checkBeforehand } from "../../bench/beforehand.ts";
import { framesChart } from "../../bench/frames/chart.ts";
import { iterationsChart } from "../../bench/iterations/chart.ts";
import type { Contestant } from "../../bench/iterations/contestant.ts";
import { exponentOf, type Figure, timesOurs } from "../../bench/iterations/figure.ts";
import { nominalGigaflop } from "../../bench/iterations/nominal_flop.ts";
import { takeTurns } from "../../bench/iterations/rounds.ts";
import { growth, heading, ratios, rows } from "../../bench/iterations/table.ts";
import { optimizersChart } from "../../bench/optimizers/chart.ts";
import { parseOptions } from "../../bench/options.ts";
import { median } from "../../bench/statistics.ts";
import { WorkflowError } from "../../lib/errors.ts";
import { gradient } from "../../lib/graph/gradient.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { constant, conv2d, input, sum } from "../../lib/graph/operations.ts";
import { temporaryFolder } from "../temporary_folder.ts";

/** Seconds in proportion to the pixels to the power of 1.5. */
const figures = [2, 4].flatMap((factor): Figure[] => {
  const size = { height: 160 * factor, width: 284 * factor };
  const figure = {
    size,
    stream: "both",
    gigaflop: 1,
    peak: 1,
    peakBytes: 1,
    compileSeconds: 1,
    weights: {},
  } as const;
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

Deno.test("the table has a row for each figure, with the ratio to ours, the share of the peak and the memory", () => {
  const [ours, baseline] = rows(figures.slice(0, 2)).split("\n").map((line) => line.split(/ +/));
  // Median 8 s for 1 GFLOP, of 1 GFLOP/s; one byte.
  assert.deepEqual(ours, [
    "320x568",
    "both",
    "ours",
    "8.000",
    "1.00",
    "0",
    "13",
    "%",
    "0.00",
    "GiB",
    "1.0",
    "s",
  ]);
  assert.deepEqual(baseline?.slice(1, 4), ["baseline", "16.000", "1.50"]);
  assert.equal(heading.split(/ {2,}/).length, 9);
});

Deno.test("below the table stand ratios by size, and the growth; nothing of what was not measured", () => {
  assert.equal(ratios(figures), "whole iteration, baseline / ours: 320x568 1.50, 640x1136 1.50");
  assert.match(growth(figures), /to the power of: both 1\.500\.$/);
  assert.deepEqual([ratios([]), growth([])], ["", ""]);
});

Deno.test("processes take turns within each round, and the first round does not count", async () => {
  const order: string[] = [];
  const contestant = (name: string, first: number): Contestant => {
    let turn = first;
    return {
      ...{ compileSeconds: 0, weights: {} },
      run() {
        order.push(name);
        return Promise.resolve({ seconds: turn++, peakBytes: 1 });
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  };
  const begun: string[] = [];
  const turns = await takeTurns(
    [contestant("a", 0), contestant("b", 10)],
    2,
    (round, index) => begun.push(`${round} ${index}`),
  );
  assert.equal(order.join(""), "ababab");
  assert.deepEqual(turns.map((own) => own.map(({ seconds }) => seconds)), [[1, 2], [11, 12]]);
  assert.deepEqual(begun, ["-1 0", "-1 1", "0 0", "0 1", "1 0", "1 1"]);
});

const progress = [
  { evaluations: 1, seconds: 0.5, residual: 2 },
  { evaluations: 2, seconds: 1, residual: 0.1 },
];
const costs = [1, 2].map((frame) => ({ frame, secondsPerIteration: 0.1, seconds: 1, residentBytes: 1 }));
const charts: Readonly<Record<string, TopLevelSpec>> = {
  iterations: iterationsChart(figures),
  optimizers: optimizersChart([{ size: "16x16", optimizer: "adam", progress }]),
  frames: framesChart([{ size: "16x16", frames: costs }]),
};
for (const [name, chart] of Object.entries(charts)) {
  Deno.test(`the chart of ${name} is one that vega-lite knows how to draw, of fields that its data have`, () => {
    assert.ok(compile(chart).spec.marks);
    const fields = fieldsOf(chart);
    assert.ok(fields.length >= 3, fields.join());
    const values = valuesOf(chart);
    assert.ok(values.length > 0);
    for (const value of values) {
      for (const field of fields) {
        assert.ok(value[field] !== undefined, `${field} of ${JSON.stringify(value)}`);
      }
    }
  });
}

/** What encodings and facets name, wherever they stand. */
function fieldsOf(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === "data") return [];
    return key === "field" ? [String(value)] : fieldsOf(value);
  });
}

function valuesOf({ data }: TopLevelSpec): readonly Readonly<Record<string, unknown>>[] {
  return z.object({ values: z.array(z.record(z.string(), z.unknown())) }).parse(data).values;
}

Deno.test("arguments that the benchmark does not understand are told in its own words", () => {
  assert.throws(
    () => parseOptions(["--sizes", "160"]),
    /expected HEIGHTxWIDTH from 16x16, like 160x284, got "160"/,
  );
  assert.throws(() => parseOptions(["--streams", "audio"]), /expected spatial, temporal, both, got "audio"/);
  assert.throws(() => parseOptions(["--runs", "0"]), /expected a whole number from 1, got "0"/);
  assert.throws(() => parseOptions(["--fast"]), /--fast/);
  assert.throws(
    () => parseOptions(["--what", "frames", "--baseline", "python"]),
    /--baseline: --what frames has no such option; it has --sizes, --runs, --threads, --json, --chart$/,
  );
});

Deno.test("files that cannot be written and programs that are no interpreter are told before anything is measured", async () => {
  await using folder = await temporaryFolder();
  const check = (...args: string[]) => checkBeforehand(parseOptions(args));
  const missing = join(folder.path, "no-folder", "file");
  const there = join(folder.path, "there.json");
  await Deno.writeTextFile(there, "kept");
  await assert.rejects(check("--json", missing), WorkflowError);
  await assert.rejects(check("--json", folder.path), WorkflowError);
  await assert.rejects(check("--chart", missing), WorkflowError);
  await assert.rejects(check("--baseline", missing), WorkflowError);
  await check("--json", there, "--chart", join(folder.path, "new.svg"));
  assert.equal(await Deno.readTextFile(there), "kept");
  assert.deepEqual(Array.from(Deno.readDirSync(folder.path), ({ name }) => name), ["there.json"]);
});
