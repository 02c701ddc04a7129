/**
 * Two classifiers that learned nothing: small convolutional networks with random weights, as .onnx files with their JSON.
 */
import { encodeModel, floatTensor, floatValue, node } from "../../lib/formats/onnx/model.ts";
import { sha256OfBytes } from "../../lib/store/checksum.ts";
import { randomWeights } from "./random_weights.ts";

/** Both files of a model. */
export interface ClassifierFiles {
  readonly onnx: Uint8Array;
  readonly json: string;
}

const classes = 10;
const channels = { early: 8, late: 16 };

/** Of one frame or of several: two convolutions with rectification, of which the second sees the first pooled, and a readout. */
export function randomClassifier(name: string, { seed, frames }: {
  readonly seed: number;
  readonly frames: number;
}): ClassifierFiles {
  const size = [64, 96] as const;
  const time = frames === 1 ? [] : [frames];
  const ofTime = (length: number) => frames === 1 ? [] : [length];
  const weights = (tensor: string, shape: readonly number[], stream: number) =>
    floatTensor(tensor, shape, randomWeights({ seed, stream }, shape));
  const everySecond = { ints: [...ofTime(1), 2, 2] };
  const around = (length: number) => ({ ints: [...ofTime(1), length, length, ...ofTime(1), length, length] });
  const onnx = encodeModel({
    name,
    inputs: [floatValue("frames", [-1, 3, ...time, ...size])],
    outputs: [floatValue("scores", [-1, classes])],
    initializers: [
      weights("early_kernel", [channels.early, 3, ...ofTime(3), 5, 5], 0),
      weights("late_kernel", [channels.late, channels.early, ...ofTime(3), 3, 3], 1),
      weights("readout", [classes, channels.late], 2),
    ],
    nodes: [
      node("Conv", ["frames", "early_kernel"], ["early_sums"], { strides: everySecond, pads: around(2) }),
      node("Relu", ["early_sums"], ["early"]),
      node("MaxPool", ["early"], ["pooled"], {
        kernel_shape: { ints: [...ofTime(1), 2, 2] },
        strides: everySecond,
      }),
      node("Conv", ["pooled", "late_kernel"], ["late_sums"], { pads: around(1) }),
      node("Relu", ["late_sums"], ["late"]),
      node("GlobalAveragePool", ["late"], ["means"]),
      node("Flatten", ["means"], ["features"]),
      node("Gemm", ["features", "readout"], ["scores"], { transB: { int: 1 } }),
    ],
  });
  const about = {
    onnx: `${name}.onnx`,
    sha256: sha256OfBytes(onnx),
    input: {
      name: "frames",
      layout: frames === 1 ? "NCHW" : "NCTHW",
      size,
      frames,
      mean: [0.5, 0.5, 0.5],
      std: [0.25, 0.25, 0.25],
    },
    layers: { early: "early", late: "late" },
    labels: Array.from({ length: classes }, (_, index) => `class ${index}`),
    citation: "none: a network with random weights, for trying an experiment out",
    license: "CC0-1.0",
  };
  return { onnx, json: `${JSON.stringify(about, undefined, 2)}\n` };
}
