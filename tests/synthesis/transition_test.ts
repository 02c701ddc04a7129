import assert from "node:assert/strict";
import { openEngine } from "../../lib/engines/open.ts";
import { transferColor } from "../../lib/frames/color_transfer/transfer_color.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { resizeBilinear } from "../../lib/frames/resize.ts";
import type {
  IterationReport,
  OctaveStart,
  TransitionObserver,
  TransitionWarning,
} from "../../lib/synthesis/observer.ts";
import type { TermValues } from "../../lib/synthesis/balance.ts";
import type { TermTargets } from "../../lib/synthesis/requests.ts";
import { NonFiniteLossError } from "../../lib/synthesis/run_octave.ts";
import { decodeState, encodeState, type TransitionState } from "../../lib/synthesis/state.ts";
import type {
  FinishedTransition,
  TransitionInput,
  TransitionOutcome,
} from "../../lib/synthesis/transition.ts";
import { noiseFrame, noisePair } from "./tiny_models.ts";
import { finished, runTinyTransition, size } from "./tiny_transition.ts";

const steps = [
  { octave: -1, scale: 1.5, iterations: 3, learning_rate: 0.01, total_variation: 0.1 },
  { octave: 0, scale: 1.5, iterations: 4, learning_rate: 0.02, total_variation: 0.2 },
];
const pair = noisePair(3, size.height, size.width);
const bothTextures: TermTargets = { spatial_texture: pair, temporal_texture: pair };

async function run(
  targets: TermTargets,
  change: Partial<TransitionInput> = {},
  observer: TransitionObserver = {},
): Promise<TransitionOutcome> {
  await using engine = await openEngine({ engine: "reference" });
  return await runTinyTransition(engine, targets, { octaves: steps, ...change }, observer);
}

async function finish(...given: Parameters<typeof run>): Promise<FinishedTransition> {
  return finished(await run(...given));
}

function stopAfter(iterations: number): TransitionObserver {
  let done = 0;
  return { stopRequested: () => ++done === iterations };
}

Deno.test("an octave multiplies the weights of the temporal terms, and of no others", async () => {
  const [small, full] = steps;
  assert.ok(small && full);
  const made = async (weight: number, ...octaves: TransitionInput["octaves"]) => {
    const weights = { spatial_texture: 1, temporal_texture: weight };
    return (await finish(bothTextures, { octaves, weights })).frame;
  };
  assert.deepEqual(await made(0.5, { ...full, temporal: 0.5 }), await made(0.25, full));
  assert.deepEqual(await made(0.5, small, { ...full, temporal: 1 }), await made(0.5, small, full));
  assert.notDeepEqual(await made(0.5, small, { ...full, temporal: 0.5 }), await made(0.25, small, full));
});

Deno.test("an octave that is visited twice tells which visit it is, after a stop too", async () => {
  const [small] = steps;
  assert.ok(small);
  const octaves = [small, { ...small, iterations: 2 }];
  const visits: number[] = [];
  const watched: TransitionObserver = { iterationFinished: ({ visit }) => void visits.push(visit) };
  await finish(bothTextures, { octaves }, watched);
  assert.deepEqual(visits, [1, 1, 1, 2, 2]);
  const outcome = await run(bothTextures, { octaves }, stopAfter(4));
  assert.ok("stopped" in outcome);
  visits.length = 0;
  await finish(bothTextures, { octaves, resume: outcome.stopped }, watched);
  assert.deepEqual(visits, [2]);
});

Deno.test("a transition reports each octave and each iteration, and its losses fall", async () => {
  const octaves: OctaveStart[] = [];
  const iterations: IterationReport[] = [];
  const dark = { ...pair, current: { ...size, data: pair.current.data.map((value) => 0.3 * value) } };
  const made = await finish({ spatial_texture: dark, temporal_texture: pair }, {}, {
    octaveStarted: (octave) => void octaves.push(octave),
    iterationFinished: (iteration) => void iterations.push(iteration),
  });
  assert.deepEqual(octaves.map(({ octave, size }) => [octave, size.height, size.width]), [[-1, 16, 21], [
    0,
    24,
    32,
  ]]);
  assert.deepEqual(
    iterations.map(({ octave, iteration }) => [octave, iteration]),
    [[-1, 1], [-1, 2], [-1, 3], [0, 1], [0, 2], [0, 3], [0, 4]],
  );
  for (const [index, { startLosses, endLosses, multipliers }] of made.octaves.entries()) {
    const total = (losses: TermValues) =>
      (losses.spatial_texture ?? NaN) * (multipliers.spatial_texture ?? NaN) +
      (losses.temporal_texture ?? NaN) * (multipliers.temporal_texture ?? NaN) +
      (losses.total_variation ?? NaN) * (multipliers.total_variation ?? NaN) *
        (steps[index]?.total_variation ?? NaN);
    assert.ok(total(endLosses) < total(startLosses), `octave ${index}`);
    assert.equal(multipliers.spatial_texture, 1e4 / (startLosses.spatial_texture ?? NaN));
  }
  assert.deepEqual(made.octaves[1]?.startLosses, iterations[3]?.losses);
});

Deno.test("the residual of a layer is its distance over the target's energy", async () => {
  const { frame, octaves } = await finish({ spatial_content: pair }, { octaves: steps.slice(1) });
  const sum = (values: Float32Array) => values.reduce((sum, value) => sum + value ** 2, 0);
  const difference = frame.data.map((value, i) => value - (pair.current.data[i] ?? NaN));
  const found = octaves[0]?.residuals.spatial_content?.color ?? NaN;
  assert.ok(Math.abs(found / (sum(difference) / sum(pair.current.data)) - 1) < 1e-5);
});

for (
  const optimizer of [
    { name: "descent", normalize_gradient: true },
    { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    { name: "lbfgs", history: 2 },
  ] as const
) {
  Deno.test(`a transition that was stopped anywhere goes on to the same bytes (${optimizer.name})`, async () => {
    const whole = await finish(bothTextures, { optimizer });
    for (const iterations of [1, 2, 3, 4, 6, 7]) {
      const stopped = await run(bothTextures, { optimizer }, stopAfter(iterations));
      assert.ok("stopped" in stopped);
      const origin = { engine: "", threads: 1, convolution: "direct", arithmetic: 1 } as const;
      const resume = decodeState(encodeState(stopped.stopped, { sizes: [] }, origin))
        ?.state;
      assert.ok(resume !== undefined);
      const resumed = await finish(bothTextures, { optimizer, resume });
      assert.deepEqual(resumed.frame, whole.frame, `after iteration ${iterations}`);
      assert.deepEqual(resumed.octaves.at(-1), whole.octaves.at(-1));
    }
  });
}

Deno.test("an octave of L-BFGS ends on the best frame that it has tried, be it not the last", async () => {
  const ended = async (iterations: number) => {
    const octaves = [{ octave: 0, scale: 1.5, iterations, learning_rate: 0.5, total_variation: 0 }];
    const change = { octaves, optimizer: { name: "lbfgs", history: 2 } } as const;
    const { frame, octaves: [octave] } = await finish({ spatial_texture: pair }, change);
    return { frame, ...octave };
  };
  let tried: readonly number[] = [];
  for (let iterations = 1; iterations <= 6; iterations++) {
    const { frame, startLosses, endLosses, endFrame, history = [] } = await ended(iterations);
    assert.deepEqual(frame, endFrame);
    const end = endLosses?.spatial_texture ?? NaN;
    tried = history.map(({ losses }) => losses.spatial_texture ?? NaN);
    const best = Math.min(startLosses?.spatial_texture ?? NaN, ...tried);
    assert.ok(end <= best, `after ${iterations}: ${end}, best ${best}`);
  }
  assert.ok(tried.some((loss, i) => loss > (tried[i - 1] ?? Infinity)), "no step was too long");
});

Deno.test("`cascade` shows the second octave what the first has blurred", async () => {
  const [first, second] = steps;
  assert.ok(first !== undefined && second !== undefined);
  const [original, cascade] = [
    await finish(bothTextures),
    await finish(bothTextures, { resample: "cascade" }),
  ];
  assert.deepEqual(cascade.octaves[0], original.octaves[0]);
  assert.notDeepEqual(cascade.frame, original.frame);

  const blurred = (frame: Frame) => resizeBilinear(resizeBilinear(frame, 16, 21), size.height, size.width);
  const target = { previous: blurred(pair.previous), current: blurred(pair.current) };
  const byHand = await finish({ spatial_texture: target, temporal_texture: target }, {
    previous: blurred(noiseFrame(1, size.height, size.width)),
    start: original.octaves[0]?.endFrame ?? pair.current,
    octaves: [second],
  });
  assert.deepEqual(byHand.frame, cascade.frame);
});

Deno.test("the last octave's frame is resized to full size before it takes the target's colors", async () => {
  const octaves = steps.slice(0, 1);
  const plain = await finish(bothTextures, { octaves });
  const end = plain.octaves[0]?.endFrame;
  assert.ok(end !== undefined && end.height === 16);
  assert.deepEqual(plain.frame, resizeBilinear(end, size.height, size.width));
  const colorTransfer = { target: pair.current, variant: "pdf" } as const;
  const colored = await finish(bothTextures, { octaves, colorTransfer });
  assert.deepEqual(colored.frame, transferColor(plain.frame, pair.current, "pdf"));
});

Deno.test("a texture target of another size is scaled by the octave as the frame is", async () => {
  const large = noisePair(9, 48, 40);
  const found = await finish({ spatial_texture: large });
  const small = await finish({
    spatial_texture: { ...large, current: resizeBilinear(large.current, 32, 26) },
  }, {
    octaves: [{ octave: 0, scale: 1.5, iterations: 0, learning_rate: 1, total_variation: 0 }],
    size: { height: 16, width: 21 },
    previous: undefined,
  });
  assert.deepEqual(found.octaves[0]?.startLosses, small.octaves[0]?.startLosses);
});

Deno.test("a term of weight 0 is recorded, but does not move the frame", async () => {
  const weights = { spatial_texture: 1, temporal_texture: 0 };
  const both = await finish(bothTextures, { weights });
  const alone = await finish({ spatial_texture: pair }, { weights });
  assert.deepEqual(both.frame, alone.frame);
  assert.ok((both.octaves[1]?.endLosses.temporal_texture ?? NaN) > 0);
});

Deno.test("`balance: target` takes multipliers from the targets alone", async () => {
  const multipliers = async (start: number) =>
    (await finish(bothTextures, { balance: "target", start: noiseFrame(start, size.height, size.width) }))
      .octaves
      .map(({ multipliers }) => multipliers);
  assert.deepEqual(await multipliers(2), await multipliers(4));
});

Deno.test("a term that is 0 at the octave's start is left out with a warning", async () => {
  const warnings: TransitionWarning[] = [];
  const start = pair.current;
  const made = await finish({
    spatial_content: pair,
    temporal_texture: noisePair(8, size.height, size.width),
  }, {
    start,
    octaves: steps.slice(1),
  }, { warn: (warning) => void warnings.push(warning) });
  assert.deepEqual(warnings, [{
    code: "term_left_out",
    term: "spatial_content",
    octave: 0,
    value: 0,
    of: "loss",
  }]);
  assert.equal(made.octaves[0]?.multipliers.spatial_content, 0);
  assert.notDeepEqual(made.frame, start);
});

/** A frame in which one value is 0, where the layer `inverse` is NaN. */
function withZero(frame: Frame): Frame {
  return { ...frame, data: frame.data.map((value, i) => i === 5 ? 0 : value) };
}

Deno.test("a term that is not finite at the octave's start is left out and spoils no other's gradient", async () => {
  const warnings: TransitionWarning[] = [];
  const targets = { spatial_content: { ...pair, layers: ["inverse"] }, temporal_texture: pair };
  const input = { start: withZero(noiseFrame(2, size.height, size.width)), octaves: steps.slice(1) };
  const made = await finish(targets, input, { warn: (warning) => void warnings.push(warning) });
  assert.deepEqual(warnings.map(({ code }) => code), ["term_left_out"]);
  assert.deepEqual(made.frame, (await finish({ temporal_texture: pair }, input)).frame);
});

Deno.test("a loss that becomes NaN stops at once, names place and term, and keeps the last good state", async () => {
  const targets = {
    spatial_content: { ...pair, layers: ["inverse"] },
    spatial_texture: { ...pair, layers: ["color"] },
  };
  const octaves = steps.slice(1);
  const states: TransitionState[] = [];
  // A large step clips values to 0, where `inverse` is NaN.
  const input = { octaves: octaves.map((step) => ({ ...step, learning_rate: 0.5 })) };
  await assert.rejects(
    run(targets, input, { iterationFinished: (_, state) => void states.push(state()) }),
    (error) => {
      assert.ok(error instanceof NonFiniteLossError);
      assert.equal(error.message, "frame 7, octave 0, after iteration 2: the loss spatial_content is NaN");
      assert.equal(error.lastGood?.iteration, 1);
      assert.ok(error.lastGood.moving.data.every((value) => value > 0));
      return true;
    },
  );
  assert.equal(states.length, 2);
});

Deno.test("a loss that is NaN from the start stops the transition when losses are not balanced by it", async () => {
  const targets = { spatial_content: { ...pair, layers: ["inverse"] } };
  const start = withZero(noiseFrame(2, size.height, size.width));
  await assert.rejects(
    run(targets, { start, octaves: steps.slice(1), balance: "none" }),
    /^RunError: frame 7, octave 0, after iteration 0: the loss spatial_content is NaN$/,
  );
});

Deno.test("a gradient without deviation makes no step, and the transition says so and goes on", async () => {
  const warnings: TransitionWarning[] = [];
  const flat = { ...size, data: new Float32Array(size.height * size.width * 3).fill(0.5) };
  const made = await finish(
    { spatial_content: { current: flat } },
    { start: flat, octaves: steps.slice(1) },
    {
      warn: (warning) => void warnings.push(warning),
    },
  );
  assert.deepEqual(made.frame, flat);
  assert.equal(warnings.filter(({ code }) => code === "no_step").length, 4);
});
