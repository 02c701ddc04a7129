import assert from "node:assert/strict";
import type { EngineIdentity } from "../../../lib/engines/engine.ts";
import { keepState, savedState } from "../../../lib/stages/synthesis/saved_state.ts";
import { createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import type { StageEvent } from "../../../lib/store/events.ts";
import type { TransitionState } from "../../../lib/synthesis/state.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import type { TransitionInput } from "../../../lib/synthesis/transition.ts";
import { noiseFrame } from "../../synthesis/tiny_models.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { instanceOf } from "./stage.ts";

const engine: EngineIdentity = {
  name: "onnxruntime",
  version: "1.30.0",
  provider: "cpu",
  device: "a cpu",
  precision: "float32",
  threads: 2,
  convolution: "winograd",
  arithmetic: 2,
};
const moving = noiseFrame(1, 16, 16);
const input: TransitionInput = {
  frame: 3,
  size: moving,
  previous: noiseFrame(2, 16, 16),
  start: moving,
  targets: {},
  weights: {},
  octaves: [{ octave: 0, scale: 1.5, iterations: 5, learning_rate: 0.01, total_variation: 0 }],
  balance: "none",
  resample: "original",
  optimizer: { name: "descent", normalize_gradient: true },
  colorTransfer: undefined,
};
const state: TransitionState = {
  frame: 3,
  octaveIndex: 0,
  iteration: 2,
  moving,
  multipliers: {},
  startLosses: {},
  optimizer: { name: "descent", state: {} },
  history: [],
  earlier: [],
};

for (
  const { what, now, expected } of [
    { what: "nothing else", now: engine, expected: [] },
    { what: "another thread count", now: { ...engine, threads: 1 }, expected: ["resumed_elsewhere"] },
    {
      what: "other convolutions",
      now: { ...engine, convolution: "direct" as const },
      expected: ["resumed_elsewhere"],
    },
    { what: "another arithmetic", now: { ...engine, arithmetic: 3 }, expected: ["resumed_elsewhere"] },
  ]
) {
  Deno.test(`a state goes on; with ${what}, warnings: ${expected.join() || "none"}`, async () => {
    await using folder = await temporaryFolder();
    using store = await openInstanceFolder(instanceOf(folder.path), {
      engine: () => now,
      onDamage: () => {},
    });
    await keepState(createCheckpoints(store, () => {}, { every: 0 }), state, input, engine);
    const events: StageEvent[] = [];
    const found = await savedState({ store, emit: (event) => void events.push(event) }, input, now);
    assert.deepEqual(found?.moving, moving);
    assert.deepEqual(events.flatMap((event) => event.type === "warning" ? [event.code] : []), expected);
    assert.deepEqual(events.at(-1), { type: "frame.resumed", frame: 3, octave: 0, iteration: 2 });
  });
}
