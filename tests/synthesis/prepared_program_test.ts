import assert from "node:assert/strict";
import type { Engine } from "../../lib/engines/engine.ts";
import { openEngine } from "../../lib/engines/open.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { add, input, square } from "../../lib/graph/operations.ts";
import { uniformNoise } from "../../lib/frames/noise.ts";
import { splitByStaying, type SplitGraph } from "../../lib/graph/split.ts";
import { evaluateTermsWith } from "../../lib/synthesis/evaluate_terms.ts";
import { compileSplit } from "../../lib/synthesis/prepared_program.ts";
import { assertAtMost, assertNear, relativeError } from "./golden/golden_setting.ts";
import { analyticModels, analyticStreams } from "./models_without_weights.ts";
import { watchedEngine } from "./watched_engine.ts";

Deno.test("an engine to which what is bound has to be sent with each run gets the objective whole, and it is the same", async () => {
  await using engine = await openEngine({ threads: 1 });
  const [previous, current] = [0, 1].map((frame) =>
    uniformNoise({ seed: 1, frame, purpose: "generated" }, 24, 32)
  );
  assert.ok(previous && current);
  const target = { previous: current, current: previous };
  const evaluated = async (sendsBoundInputs: boolean) => {
    let programs = 0;
    const watched = watchedEngine(engine, () => {}, (change) => programs += Math.max(change, 0));
    const { temporal_texture } = await evaluateTermsWith(
      { engine: { ...watched, sendsBoundInputs }, models: analyticModels },
      { previous, current, targets: { temporal_texture: target }, streams: analyticStreams },
    );
    assert.ok(temporal_texture);
    return { programs, ...temporal_texture };
  };
  const [split, whole] = [await evaluated(false), await evaluated(true)];
  assert.equal(split.programs - whole.programs, 1);
  assertNear(whole.loss, split.loss, 1e-6, "loss");
  assertAtMost(relativeError(whole.gradient, split.gradient), 1e-5, "gradient");
});

/** previous^2 + frame + target. */
function splitSum(): SplitGraph {
  const graph = createGraphBuilder();
  const [previous, frame, target] = ["previous", "frame", "target"].map((name) => input(graph, name, [2]));
  assert.ok(previous && frame && target);
  const split = splitByStaying(graph.finish({ sum: add(add(square(previous), frame), target) }), [
    "previous",
  ]);
  assert.ok(split);
  return split;
}

const pair = (a: number, b: number) => ({ shape: [2], data: Float32Array.of(a, b) });

Deno.test("a program in two parts runs the first when its inputs are bound, and the second for each frame", async () => {
  await using engine = await openEngine({ engine: "reference" });
  let runsOfFirst = 0;
  const counting: Engine = {
    ...engine,
    async compile(graph) {
      const program = await engine.compile(graph);
      const isFirst = graph.outputs.sum === undefined;
      return { ...program, run: (inputs) => (runsOfFirst += isFirst ? 1 : 0, program.run(inputs)) };
    },
  };
  await using program = await compileSplit(counting, splitSum());
  const sums = async (frame: ReturnType<typeof pair>) => [...(await program.run({ frame })).sum?.data ?? []];

  await program.bind({ previous: pair(2, 3), target: pair(100, 200) });
  assert.deepEqual(await sums(pair(1, 2)), [105, 211]);
  assert.deepEqual(await sums(pair(5, 6)), [109, 215]);
  assert.equal(runsOfFirst, 1);

  await program.bind({ previous: pair(0, 1) });
  assert.deepEqual(await sums(pair(1, 2)), [101, 203]);
  await program.bind({ target: pair(0, 0) });
  assert.deepEqual(await sums(pair(1, 2)), [1, 3]);
  assert.equal(runsOfFirst, 2);
});

Deno.test("a program in two parts rejects an input that neither part has", async () => {
  await using engine = await openEngine({ engine: "reference" });
  await using program = await compileSplit(engine, splitSum());
  await assert.rejects(program.bind({ stranger: pair(1, 2) }), /stranger/);
});

Deno.test("a program in two parts asks for its inputs by their own names", async () => {
  await using engine = await openEngine({ engine: "reference" });
  await using program = await compileSplit(engine, splitSum());
  await program.bind({ target: pair(1, 2) });
  await assert.rejects(program.run({ frame: pair(1, 2) }), /expected a value for previous, got none/);
});
