/**
 * Predicting the next frame of a clip from the frames before it, by PredNet.
 *
 * Lotter, W., Kreiman, G. & Cox, D. Deep predictive coding networks for video prediction and unsupervised learning.
 * International Conference on Learning Representations (2017). arXiv:1605.08104
 * @module
 */
import type { Engine, TensorValue, TensorValues } from "../engines/engine.ts";
import type { Frame, Size } from "../frames/frame.ts";
import { createGraphBuilder } from "../graph/graph_builder.ts";
import { sideMultiple } from "../models/prednet/architecture.ts";
import { addPrednetStep, frameInput, stateShapes } from "../models/prednet/network.ts";
import type { PrednetWeights } from "../models/prednet/weights.ts";

/** What a network makes of a window. */
export interface NextFrame {
  /** The window's last frame, predicted from those before it. */
  readonly predicted: Frame;
  /** The mean of each level's errors once that last frame is seen, lowest first. */
  readonly errors: readonly number[];
}

/** A network made ready to predict. */
export interface NextFramePredictor extends AsyncDisposable {
  /**
   * Predicts the last frame of each window. The network's state is 0 before a window's first frame, so that no window knows of
   * another. All windows have as many frames, of the predictor's size.
   */
  predict(windows: readonly (readonly Frame[])[]): Promise<readonly NextFrame[]>;
}

/**
 * Compiles one time step of the network for so many windows at a time. What it makes of a window does not depend on `batch`,
 * which is 2 or more: engines may convolve an image that comes alone by another algorithm.
 * Throws an Error when a side is no multiple of 2 ^ (levels - 1).
 */
export async function openNextFramePredictor(
  engine: Engine,
  weights: PrednetWeights,
  { height, width, batch }: Size & { readonly batch: number },
): Promise<NextFramePredictor> {
  if (batch < 2) throw new Error(`windows go through by 2 or more, not by ${batch}`);
  const multiple = sideMultiple(weights.stacks.length);
  if (height % multiple !== 0 || width % multiple !== 0) {
    throw new Error(`${height} x ${width} cannot be halved for each of ${weights.stacks.length} levels`);
  }
  const extent = { batch, height, width };
  const graph = createGraphBuilder();
  const { prediction, errors, states } = addPrednetStep(graph, weights, extent);
  const program = await engine.compile(graph.finish({ prediction, errors, ...states }));
  const atFirst: TensorValues = Object.fromEntries(
    Object.entries(stateShapes(weights, extent)).map(([name, shape]) => [name, zeros(shape)]),
  );

  /** As many windows as go through at a time; those that are missing are the first one again. */
  async function predictTogether(windows: readonly (readonly Frame[])[]): Promise<readonly NextFrame[]> {
    const [first] = windows;
    if (first === undefined) return [];
    const filled = Array.from({ length: batch }, (_, i) => windows[i] ?? first);
    let state = atFirst;
    let made: TensorValues = {};
    for (const step of first.keys()) {
      const frames = filled.map((window) => frameAt(window, step, { height, width }));
      made = await program.run({ ...state, [frameInput]: together(frames) });
      state = Object.fromEntries(Object.keys(atFirst).map((name) => [name, valueOf(made, name)]));
    }
    const [predicted, errors] = [valueOf(made, "prediction"), valueOf(made, "errors")];
    return windows.map((_, index) => ({
      predicted: { height, width, data: part(predicted, index) },
      errors: [...part(errors, index)],
    }));
  }

  return {
    async predict(windows) {
      const made: NextFrame[] = [];
      for (let first = 0; first < windows.length; first += batch) {
        made.push(...await predictTogether(windows.slice(first, first + batch)));
      }
      return made;
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

function frameAt(window: readonly Frame[], step: number, { height, width }: Size): Frame {
  const frame = window[step];
  if (frame === undefined) throw new Error("windows of different lengths");
  if (frame.height !== height || frame.width !== width) {
    throw new Error(`a frame of ${frame.height} x ${frame.width} in a window of ${height} x ${width}`);
  }
  return frame;
}

/** [batch, height, width, 3]. */
function together(frames: readonly Frame[]): TensorValue {
  const [{ height, width, data: { length } } = { height: 0, width: 0, data: [] }] = frames;
  const data = new Float32Array(frames.length * length);
  for (const [index, frame] of frames.entries()) data.set(frame.data, index * length);
  return { shape: [frames.length, height, width, 3], data };
}

/** The values of one window. */
function part({ shape: [batch = 1], data }: TensorValue, index: number): Float32Array {
  const length = data.length / batch;
  return data.slice(index * length, (index + 1) * length);
}

function zeros(shape: readonly number[]): TensorValue {
  return { shape, data: new Float32Array(shape.reduce((product, length) => product * length, 1)) };
}

function valueOf(values: TensorValues, name: string): TensorValue {
  const value = values[name];
  if (value === undefined) throw new Error(`a step made no ${name}`);
  return value;
}
