/**
 * Measures how long a checkpoint takes, by the code that writes those of a run: encoding, checksums, and the way to the disk.
 * @module
 */
import type { Frame, Size } from "../../lib/frames/frame.ts";
import { createCheckpoints } from "../../lib/runner/checkpoints.ts";
import { openInstanceFolder } from "../../lib/store/instance_folder.ts";
import { instancePaths } from "../../lib/store/layout.ts";
import { createOptimizer } from "../../lib/synthesis/optimizers/table.ts";
import type { OptimizerState } from "../../lib/synthesis/optimizers/optimizer.ts";
import { encodeState, type IterationRecord, type TransitionState } from "../../lib/synthesis/state.ts";
import type { OptimizerSettings } from "../../lib/synthesis/settings.ts";
import { noise } from "../textures.ts";

/** Enough for L-BFGS to remember all that it may. */
const updates = 15;

/** As many as an octave has in the paper's schedule. */
const iterations = 750;

/** One optimizer's checkpoint. */
export interface CheckpointCost {
  readonly bytes: number;
  /** Of each one that was written. */
  readonly seconds: readonly number[];
}

/** Writes so many checkpoints of a frame of this size into a folder, one after the other. */
export async function measureCheckpoints(
  folder: string,
  optimizer: OptimizerSettings,
  size: Size,
  count: number,
): Promise<CheckpointCost> {
  const state = stateAfterUpdates(optimizer, size);
  const found: { bytes: number; seconds: number }[] = [];
  using store = await openInstanceFolder(instancePaths(folder, "synthesis-0"), {
    engine: () => undefined,
    onDamage: () => undefined,
  });
  const checkpoints = createCheckpoints(store, (event) => {
    if (event.type === "checkpoint.saved") found.push(event);
  }, { every: 0 });
  const origin = { engine: "onnxruntime", threads: 1, convolution: "direct", arithmetic: 1 } as const;
  for (let index = 0; index < count; index++) {
    await checkpoints.save({ frame: 0 }, () => encodeState(state, { sizes: [size] }, origin));
  }
  return { bytes: found[0]?.bytes ?? 0, seconds: found.map(({ seconds }) => seconds) };
}

/** Updates towards another frame: what an optimizer remembers is as large whatever it descends on. */
function stateAfterUpdates(settings: OptimizerSettings, size: Size): TransitionState {
  const optimizer = createOptimizer(settings);
  const goal = noise(1, size);
  let frame: Frame = noise(0, size);
  let state: OptimizerState = optimizer.init(frame);
  for (let iteration = 1; iteration <= updates; iteration++) {
    const gradient = frame.data.map((value, index) => value - (goal.data[index] ?? 0));
    const loss = gradient.reduce((sum, value) => sum + value * value, 0) / 2;
    ({ frame, state } = optimizer.update({ frame, gradient, loss, learningRate: 0.01, iteration, state }));
  }
  const record: IterationRecord = {
    losses: { spatial_texture: 1, temporal_texture: 1, total_variation: 1 },
    gradientStd: 1,
    clippedShare: 0,
  };
  return {
    frame: 0,
    octaveIndex: 0,
    iteration: iterations,
    moving: frame,
    multipliers: record.losses,
    startLosses: record.losses,
    optimizer: { name: optimizer.name, state },
    earlier: [],
    history: Array.from({ length: iterations }, () => record),
  };
}
