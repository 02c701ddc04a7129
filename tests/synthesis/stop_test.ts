import assert from "node:assert/strict";
import { openEngine } from "../../lib/engines/open.ts";
import type { TransitionObserver } from "../../lib/synthesis/observer.ts";
import type { TermTargets } from "../../lib/synthesis/requests.ts";
import { decodeState, encodeState, type TransitionState } from "../../lib/synthesis/state.ts";
import { largestMean, lowestSoFar, type OctaveEnd, reasonToEnd } from "../../lib/synthesis/stop.ts";
import type {
  FinishedTransition,
  TransitionInput,
  TransitionOutcome,
} from "../../lib/synthesis/transition.ts";
import type { OptimizerSettings, StopSettings } from "../../lib/synthesis/settings.ts";
import { noiseFrame, noisePair } from "./tiny_models.ts";
import { finished, runTinyTransition, size } from "./tiny_transition.ts";
import { watchedEngine } from "./watched_engine.ts";

const steps = [
  { octave: -1, scale: 1.5, iterations: 20, learning_rate: 0.01, total_variation: 0.001 },
  { octave: 0, scale: 1.5, iterations: 20, learning_rate: 0.01, total_variation: 0.001 },
];
const pair = noisePair(3, size.height, size.width);
const dark = { ...pair, current: { ...size, data: pair.current.data.map((value) => 0.3 * value) } };
const textures: TermTargets = { spatial_texture: dark, temporal_texture: pair };
const descent: OptimizerSettings = { name: "descent", normalize_gradient: true };
const optimizers: readonly OptimizerSettings[] = [
  descent,
  { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  { name: "lbfgs", history: 3 },
];

/** What may be told otherwise than by `run`'s defaults. */
interface Chosen {
  readonly observer?: TransitionObserver;
  readonly targets?: TermTargets;
  /** Called each time that the objective is evaluated. */
  readonly evaluated?: () => void;
}

async function run(
  change: Partial<TransitionInput>,
  { observer = {}, targets = textures, evaluated = () => {} }: Chosen = {},
): Promise<TransitionOutcome> {
  await using engine = await openEngine({ engine: "reference" });
  const watched = watchedEngine(engine, (outputs) => {
    if (outputs.includes("gradient")) evaluated();
  });
  return await runTinyTransition(watched, targets, { octaves: steps, ...change }, observer);
}

async function finish(...given: Parameters<typeof run>): Promise<FinishedTransition> {
  return finished(await run(...given));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** By optimizer: several tests ask for the same. */
const reachableResiduals = new Map<OptimizerSettings, Promise<number>>();

/** A residual that each octave reaches a while before its last iteration. */
function reachable(optimizer: OptimizerSettings): Promise<number> {
  return reachableResiduals.getOrInsertComputed(optimizer, async () => {
    const { octaves } = await finish({ optimizer });
    return 1.5 * Math.max(...octaves.map(worst));
  });
}

/** The mean residual of the worst term. */
function worst({ residuals }: FinishedTransition["octaves"][number]): number {
  return Math.max(...Object.values(residuals).map((layers) => mean(Object.values(layers))));
}

Deno.test("without rules, and before the minimum, only the iterations end an octave", () => {
  const standing = { lowest: [1, 1, 1, 1], residuals: { spatial_texture: { color: 0 } } };
  const rules: StopSettings = { residual: 1, plateau: { iterations: 1, improvement: 0.5 }, minimum: 3 };
  assert.equal(reasonToEnd({ ...standing, iteration: 99 }, 100, undefined), undefined);
  assert.equal(reasonToEnd({ ...standing, iteration: 100 }, 100, undefined), "iterations");
  assert.equal(reasonToEnd({ ...standing, iteration: 2 }, 100, rules), undefined);
  assert.equal(reasonToEnd({ ...standing, iteration: 3 }, 100, rules), "residual");
  assert.equal(reasonToEnd({ ...standing, iteration: 3 }, 3, rules), "iterations");
});

Deno.test("every term's mean over its layers must be as small as the residual that is wanted", () => {
  const reached = (residuals: Parameters<typeof reasonToEnd>[0]["residuals"]) =>
    reasonToEnd({ iteration: 0, lowest: [1], residuals }, 9, { residual: 0.5, minimum: 0 }) === "residual";
  assert.ok(reached({ spatial_texture: { a: 0.9, b: 0.1 }, temporal_texture: { c: 0.5 } }));
  assert.ok(!reached({ spatial_texture: { a: 0.1, b: 0.1 }, temporal_texture: { c: 0.51 } }));
  assert.ok(!reached({}), "nothing is known");
});

Deno.test("a plateau is where the lowest loss has fallen too little over the last iterations", () => {
  const isFlat = (losses: readonly number[], improvement = 0.1) => {
    const lowest = lowestSoFar(losses);
    const plateau = { iterations: 3, improvement };
    return reasonToEnd({ iteration: losses.length - 1, lowest, residuals: {} }, 99, { plateau, minimum: 0 });
  };
  assert.equal(isFlat([100, 98, 96]), undefined, "fewer iterations than are compared");
  assert.equal(isFlat([100, 98, 96, 91]), "plateau");
  assert.equal(isFlat([100, 98, 96, 89]), undefined);
  assert.equal(isFlat([50, 100, 98, 96, 89]), "plateau", "a loss that rose and falls again");
  assert.equal(isFlat([100, 120, 80, 110, 120]), undefined, "the lowest counts, not the last");
  assert.equal(isFlat([0, 0, 0, 0]), "plateau");
  assert.equal(isFlat([9, 9, 9, 9], 0), "plateau");
});

for (const optimizer of optimizers) {
  Deno.test(`octaves end at the residual that is wanted, and no later (${optimizer.name})`, async () => {
    const wanted = await reachable(optimizer);
    const made = await finish({ optimizer, stop: { residual: wanted, minimum: 0 } });
    for (const octave of made.octaves) {
      assert.equal(octave.ended, "residual");
      assert.ok(octave.iterations < octave.of && octave.history.length === octave.iterations);
      assert.ok(worst(octave) <= wanted, `${worst(octave)} > ${wanted}`);
    }
    const [{ iterations = 0 } = {}] = made.octaves;
    const shorter = await finish({
      optimizer,
      octaves: steps.slice(0, 1).map((step) => ({ ...step, iterations })),
    });
    assert.deepEqual(made.octaves[0]?.endFrame, shorter.octaves[0]?.endFrame);
    const before = await finish({
      optimizer,
      octaves: steps.slice(0, 1).map((step) => ({ ...step, iterations: iterations - 1 })),
    });
    assert.ok(before.octaves.every((octave) => worst(octave) > wanted));
  });

  Deno.test(`each iteration tells the residuals that rules see (${optimizer.name})`, async () => {
    const wanted = await reachable(optimizer);
    const told: number[] = [];
    const observer: TransitionObserver = {
      iterationFinished: ({ residuals }) => void told.push(largestMean(residuals)),
    };
    const octaves = steps.slice(0, 1);
    await finish({ optimizer, octaves }, { observer });
    const { ends: [end] } = await finish({ optimizer, octaves, stop: { residual: wanted, minimum: 0 } });
    assert.equal(end?.iterations, told.findIndex((residual) => residual <= wanted));
  });

  Deno.test(`octaves end on a plateau, after the minimum (${optimizer.name})`, async () => {
    const plateau = { iterations: 3, improvement: 0.3 };
    const ends = async (minimum: number) => (await finish({ optimizer, stop: { plateau, minimum } })).ends;
    const free = await ends(0);
    assert.deepEqual(free.map(({ ended }) => ended), ["plateau", "plateau"]);
    const iterations = free.map(({ iterations }) => iterations);
    assert.ok(iterations.every((count) => count >= 3 && count < 20), iterations.join());
    const held = await ends(Math.max(...iterations) + 2);
    assert.ok(held.every(({ iterations: count }) => count >= Math.max(...iterations) + 2));
  });

  Deno.test(`stopped anywhere, an octave ends at the same iteration with the same bytes (${optimizer.name})`, async () => {
    for (
      const stop of [
        { residual: await reachable(optimizer), minimum: 2 },
        { plateau: { iterations: 4, improvement: 0.2 }, minimum: 0 },
      ]
    ) {
      const whole = await finish({ optimizer, stop });
      const total = whole.ends.reduce((sum, { iterations }) => sum + iterations, 0);
      assert.ok(total > 4 && total < 40, `${total} iterations`);
      for (const at of [1, total - 2, total]) {
        let done = 0;
        const stopped = await run({ optimizer, stop }, { observer: { stopRequested: () => ++done === at } });
        assert.ok("stopped" in stopped);
        const resume = readAgain(stopped.stopped);
        const resumed = await finish({ optimizer, stop, resume });
        assert.deepEqual(resumed.frame, whole.frame, `after iteration ${at}`);
        assert.deepEqual(resumed.ends, whole.ends);
      }
    }
  });
}

Deno.test("where L-BFGS takes a step back no residual is looked at: an octave that is near enough goes on to a step that is kept", async () => {
  const optimizer: OptimizerSettings = { name: "lbfgs", history: 3 };
  // So long a first step that it leads nowhere.
  const octaves = steps.slice(0, 1).map((step) => ({ ...step, learning_rate: 1 }));
  const told: number[] = [];
  const observer: TransitionObserver = {
    iterationFinished: ({ residuals }) => void told.push(largestMean(residuals)),
  };
  await finish({ optimizer, octaves }, { observer });
  const [start = NaN, ...later] = told;
  const kept = 1 + later.findIndex((residual) => residual <= start);
  assert.ok(kept > 1 && later.slice(0, kept - 1).every((residual) => residual === Infinity), told.join());
  const ends = async (minimum: number) =>
    (await finish({ optimizer, octaves, stop: { residual: start, minimum } })).ends[0]?.iterations;
  assert.deepEqual([await ends(0), await ends(1)], [0, kept]);
});

function readAgain(state: TransitionState): TransitionState {
  const origin = { engine: "", threads: 1, convolution: "direct", arithmetic: 1 } as const;
  const found = decodeState(encodeState(state, { sizes: [] }, origin));
  assert.ok(found !== undefined);
  return found.state;
}

Deno.test("rules that never hold change nothing, and no rule costs an evaluation", async () => {
  const counted = async (stop?: StopSettings) => {
    let evaluations = 0;
    const made = await finish({ octaves: steps.slice(0, 1), stop }, { evaluated: () => void evaluations++ });
    return { evaluations, ...made };
  };
  const never = { residual: 1e-30, plateau: { iterations: 1000, improvement: 0 }, minimum: 0 };
  const [without, held, early] = [
    await counted(),
    await counted(never),
    await counted({ residual: await reachable(descent), minimum: 0 }),
  ];
  assert.deepEqual(held, without);
  // The octave's start, and each frame from there on.
  const [{ iterations = NaN } = {}] = early.ends;
  assert.ok(iterations < 20);
  assert.deepEqual([without.evaluations, early.evaluations], [1 + 21, 1 + iterations + 1]);
});

Deno.test("a term of weight 0 and a layer of weight 0 keep no octave going", async () => {
  const ends = async (targets: TermTargets, stop?: StopSettings) =>
    (await finish({ octaves: steps.slice(0, 1), stop, weights: { spatial_content: 1 } }, { targets })).ends;
  const content = { ...dark, layers: { color: 1 } };
  const stop = { residual: 0.5, minimum: 0 };
  const alone = await ends({ spatial_content: content }, stop);
  assert.equal(alone[0]?.ended, "residual");
  assert.ok((alone[0]?.iterations ?? 0) > 0);
  // `inverse` of noise is far larger than any other layer and never near.
  const watched = { spatial_content: { ...dark, layers: { color: 1, inverse: 0 } }, temporal_texture: pair };
  assert.deepEqual(await ends(watched, stop), alone);
});

Deno.test("an octave that begins near enough does no iteration, and hands its frame on", async () => {
  const start = noiseFrame(2, 16, 21);
  const made = await finish({ start, stop: { residual: 1e6, minimum: 0 } });
  assert.deepEqual(made.ends, [
    { octave: -1, iterations: 0, of: 20, ended: "residual" },
    { octave: 0, iterations: 0, of: 20, ended: "residual" },
  ]);
  assert.deepEqual(made.octaves[0]?.endFrame, start);
});

Deno.test("the end of each octave is told, and why", async () => {
  const told: OctaveEnd[] = [];
  const observer = { octaveFinished: (end: OctaveEnd) => void told.push(end) };
  const stop = { residual: await reachable(descent), minimum: 0 };
  const { ends } = await finish({ stop }, { observer });
  assert.deepEqual(told, ends);
});

Deno.test("a state that was handed out stays as it was while its octave goes on", async () => {
  const kept: { state: TransitionState; copy: TransitionState }[] = [];
  const late: (() => TransitionState)[] = [];
  const observer: TransitionObserver = {
    iterationFinished(_, state) {
      const made = state();
      kept.push({ state: made, copy: structuredClone(made) });
      late.push(state);
    },
  };
  await finish({ octaves: steps.slice(0, 1) }, { observer });
  for (const [index, { state, copy }] of kept.entries()) {
    assert.equal(state.history.length, index + 1);
    assert.deepEqual(state, copy);
    assert.deepEqual(late[index]?.(), copy, "asked for later");
  }
});
