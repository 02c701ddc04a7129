/**
 * What a network as a stream has to give: PyTorch's numbers, and renders that come nearer to their target.
 * @module
 */
import assert from "node:assert/strict";
import { openEngine } from "../../../lib/engines/open.ts";
import type { ModelSource } from "../../../lib/models/stream_model.ts";
import { evaluateTermsWith } from "../../../lib/synthesis/evaluate_terms.ts";
import { synthesizeTransitionWith } from "../../../lib/synthesis/synthesize_transition.ts";
import type { RecordedNetwork } from "./recorded_network.ts";

/** Of the largest magnitude. */
const tolerance = 1e-4;

function termOf({ model }: RecordedNetwork, kind: "texture" | "content") {
  return `${model.declaration.stream}_${kind}` as const;
}

function windows({ generated, target, model }: RecordedNetwork) {
  const split = (frames: RecordedNetwork["target"]) => {
    const [current, previous, ...earlier] = frames.toReversed();
    assert.ok(current);
    return { current, ...(previous && { previous }), earlier: earlier.reverse() };
  };
  const machinery = (engine: Awaited<ReturnType<typeof openEngine>>) => {
    const models: ModelSource = { open: () => Promise.resolve(model) };
    return { engine, models };
  };
  return { generated: split(generated), target: split(target), machinery };
}

/** Tests of a network: losses, gradient and a short render. */
export function testRecorded(title: string, open: () => Promise<RecordedNetwork>): void {
  for (const kind of ["texture", "content"] as const) {
    Deno.test(`${title} gives PyTorch's losses and gradient of ${kind}`, async () => {
      const network = await open();
      const { generated, target, machinery } = windows(network);
      await using engine = await openEngine({});
      const term = termOf(network, kind);
      const targets = { [term]: target };
      const evaluated = (await evaluateTermsWith(machinery(engine), { ...generated, targets }))[term];
      assert.ok(evaluated);
      const { losses, gradient } = network.recorded[kind];
      assertNear(Object.values(evaluated.layers), losses, "losses");
      assertNear(evaluated.gradient.data, gradient, "gradient");
    });
  }

  Deno.test(`ten iterations bring a frame nearer to what ${title} sees of another`, async () => {
    const network = await open();
    const { generated, target, machinery } = windows(network);
    await using engine = await openEngine({});
    const { octaves: [octave] } = await synthesizeTransitionWith(machinery(engine), {
      ...generated,
      previous: generated.previous ?? generated.current,
      start: generated.current,
      targets: { [termOf(network, "texture")]: target },
      octaves: [{ octave: 0, iterations: 10, learning_rate: 0.005 }],
    });
    assert.ok(octave);
    const term = termOf(network, "texture");
    assert.equal(octave.iterations, 10);
    assert.ok((octave.endLosses[term] ?? NaN) < (octave.startLosses[term] ?? NaN));
  });
}

function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, name: string): void {
  assert.equal(actual.length, expected.length, name);
  const largest = Math.max(...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((actual[i] ?? NaN) - (expected[i] ?? NaN));
    assert.ok(difference <= tolerance * largest, `${name}[${i}]: ${actual[i]} instead of ${expected[i]}`);
  }
}
