/**
 * One time step of a PredNet as a graph, for several sequences at a time.
 * @module
 */
import type { GraphBuilder, Tensor } from "../../graph/graph.ts";
import {
  add,
  broadcast,
  concat,
  constant,
  conv2d,
  input,
  maximum,
  maxPool2d,
  mean,
  minimum,
  multiply,
  relu,
  reshape,
  slice,
  subtract,
  tanh,
  transpose,
} from "../../graph/operations.ts";
import { gates, type Unit } from "./architecture.ts";
import type { ConvolutionWeights, LevelWeights, PrednetWeights } from "./weights.ts";

/** How many sequences go through the network at a time, and the size of their frames. */
export interface StepExtent {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/** A level's memory: what it represents (R), how far it was from what came (E), and its cell (C). */
type LevelState = Readonly<Record<"r" | "e" | "c", Tensor>>;

/** What a step makes. */
export interface PrednetStep {
  /** [batch, height, width, 3] in [0, 1]: the frame of this step, predicted from those of the steps before it. */
  readonly prediction: Tensor;
  /** [batch, levels]: the mean over a level's errors (E), lowest first. */
  readonly errors: Tensor;
  /** For the next step, by the names of the inputs. */
  readonly states: Readonly<Record<string, Tensor>>;
}

/** The name of the step's input for its frames, [batch, height, width, 3], RGB in [0, 1]. */
export const frameInput = "frame";

/** The inputs of a step beside its frames, and their shapes. All are 0 before the first step. */
export function stateShapes(
  { stacks }: PrednetWeights,
  { batch, height, width }: StepExtent,
): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(stacks.flatMap((channels, level) => {
    const size = [height / 2 ** level, width / 2 ** level];
    return [
      [`r_${level}`, [batch, channels, ...size]],
      [`e_${level}`, [batch, 2 * channels, ...size]],
      [`c_${level}`, [batch, channels, ...size]],
    ];
  }));
}

/**
 * Adds a step to a graph. From the top level down, each level's ConvLSTM takes what it represented, its last errors and what the
 * level above represents now; from the bottom up, each level predicts what comes from below and hands on its errors.
 */
export function addPrednetStep(
  graph: GraphBuilder,
  weights: PrednetWeights,
  extent: StepExtent,
): PrednetStep {
  const { batch, height, width } = extent;
  const shapes = stateShapes(weights, extent);
  const state = (name: string) => input(graph, name, shapes[name] ?? []);
  const before = weights.levels.map((_, level): LevelState => (
    { r: state(`r_${level}`), e: state(`e_${level}`), c: state(`c_${level}`) }
  ));

  const represented = represent(weights.levels, before);

  const frame = input(graph, frameInput, [batch, height, width, 3]);
  let coming = transpose(frame, [0, 3, 1, 2]);
  let prediction = coming;
  const errors: Tensor[] = [];
  const states: Record<string, Tensor> = {};
  for (const [level, { r, c }] of represented.entries()) {
    const own = levelAt(weights.levels, level);
    let predicted = relu(convolved(r, weightsOf(own, "ahat", level)));
    if (level === 0) {
      // Values of pixels end at 1.
      predicted = minimum(predicted, 1);
      prediction = predicted;
    }
    const e = concat([relu(subtract(predicted, coming)), relu(subtract(coming, predicted))], 1);
    errors.push(reshape(mean(e, [1, 2, 3]), [batch, 1]));
    Object.assign(states, { [`r_${level}`]: r, [`e_${level}`]: e, [`c_${level}`]: c });
    if (level + 1 < represented.length) {
      coming = maxPool2d(relu(convolved(e, weightsOf(own, "a", level))), { size: 2, stride: 2 });
    }
  }
  return { prediction: transpose(prediction, [0, 2, 3, 1]), errors: concat(errors, 1), states };
}

/** The ConvLSTMs of all levels, lowest first; computed from the top down. */
function represent(
  levels: readonly LevelWeights[],
  before: readonly LevelState[],
): readonly Omit<LevelState, "e">[] {
  const made: Omit<LevelState, "e">[] = [];
  let above: Tensor | undefined;
  for (const [level, { r, e, c }] of [...before.entries()].toReversed()) {
    const taken = concat(above === undefined ? [r, e] : [r, e, doubled(above)], 1);
    // One convolution for the four gates, which see the same.
    const weights = gates.map((gate) => weightsOf(levelAt(levels, level), gate, level));
    const channels = r.shape[1] ?? 0;
    const convolved4 = convolved(taken, stacked(weights));
    const [i, f, o, candidate] = [0, 1, 2, 3].map((gate) =>
      channelsFrom(convolved4, gate * channels, channels)
    );
    if (i === undefined || f === undefined || o === undefined || candidate === undefined) {
      throw new Error("four gates were made");
    }
    const cell = add(multiply(hardSigmoid(f), c), multiply(hardSigmoid(i), tanh(candidate)));
    above = multiply(hardSigmoid(o), tanh(cell));
    made.unshift({ r: above, c: cell });
  }
  return made;
}

/** With zeros around the images, so that the size stays. */
function convolved(x: Tensor, { kernel, bias }: ConvolutionWeights): Tensor {
  const kernelTensor = constant(x.graph, kernel.data, kernel.shape);
  return add(conv2d(x, kernelTensor, { pad: 1 }), constant(x.graph, bias, [1, bias.length, 1, 1]));
}

/** Keras's: 0.2 x + 0.5, between 0 and 1. */
function hardSigmoid(x: Tensor): Tensor {
  return minimum(maximum(add(multiply(x, 0.2), 0.5), 0), 1);
}

/** Each pixel becomes 2 x 2 of them. */
function doubled(x: Tensor): Tensor {
  const [batch = 0, channels = 0, height = 0, width = 0] = x.shape;
  const apart = reshape(x, [batch, channels, height, 1, width, 1]);
  const repeated = broadcast(apart, [batch, channels, height, 2, width, 2]);
  return reshape(repeated, [batch, channels, 2 * height, 2 * width]);
}

function channelsFrom(x: Tensor, first: number, count: number): Tensor {
  const [batch = 0, , height = 0, width = 0] = x.shape;
  return slice(x, [0, first, 0, 0], [batch, first + count, height, width]);
}

/** Convolutions of the same inputs as one, its outputs one after the other. */
function stacked(weights: readonly ConvolutionWeights[]): ConvolutionWeights {
  const [first] = weights;
  if (first === undefined) throw new Error("no convolutions to stack");
  const [outputs, ...inside] = first.kernel.shape;
  return {
    kernel: {
      shape: [outputs * weights.length, ...inside],
      data: joined(weights.map(({ kernel }) => kernel.data)),
    },
    bias: joined(weights.map(({ bias }) => bias)),
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) {
    whole.set(part, filled);
    filled += part.length;
  }
  return whole;
}

function levelAt(levels: readonly LevelWeights[], level: number): LevelWeights {
  const found = levels[level];
  if (found === undefined) throw new Error(`a PredNet without level ${level}`);
  return found;
}

function weightsOf(level: LevelWeights, unit: Unit, number: number): ConvolutionWeights {
  const found = level[unit];
  if (found === undefined) throw new Error(`no weights of layer_${unit}_${number}`);
  return found;
}
