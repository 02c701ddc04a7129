/**
 * A small ONNX model of a scientist, made here, whose layers can be computed by hand: 1x1 convolutions of the colors.
 */
import { join } from "node:path";
import {
  encodeModel,
  floatTensor,
  floatValue,
  node,
  type NodeProto,
  type TensorProto,
} from "../../../lib/formats/onnx/model.ts";
import { sha256OfBytes } from "../../../lib/store/checksum.ts";

/** How the model sees frames. */
export const size = { height: 6, width: 8 };

/** Rows of `opponent`: red minus green, and the sum of all. */
export const kernel = [1, -1, 0, 1, 1, 1] as const;

/** What may be other than it should be. */
export interface Variation {
  readonly frames?: number;
  /** The JSON says `native`, and the file takes any height and width. */
  readonly anySize?: boolean;
  /** The shape that the file says its scores have. */
  readonly scores?: readonly number[];
  /** More that the file computes, without saying its shapes. */
  readonly further?: { readonly nodes: readonly NodeProto[]; readonly initializers?: readonly TensorProto[] };
  readonly json?: Readonly<Record<string, unknown>>;
  /** Changes the bytes of the .onnx after they were made; the JSON has the checksum of what is written. */
  readonly damage?: (bytes: Uint8Array) => Uint8Array;
}

/**
 * Writes tiny.onnx and tiny.json. Its layers: `opponent` (2 channels), `rectified`, `scores` (2 numbers), all but the last no
 * outputs of the file.
 */
export async function writeTinyModel(folder: string, variation: Variation = {}): Promise<string> {
  const {
    frames = 1,
    anySize = false,
    scores = [-1, 2],
    further = { nodes: [] },
    json = {},
    damage = (bytes) => bytes,
  } = variation;
  const { height, width } = size;
  const time = frames === 1 ? [] : [frames];
  const ones = frames === 1 ? [1, 1] : [1, 1, 1];
  const bytes = damage(encodeModel({
    name: "tiny",
    inputs: [floatValue("frames", [-1, 3, ...time, ...anySize ? [-1, -1] : [height, width]])],
    outputs: [floatValue("scores", scores)],
    initializers: [
      floatTensor("kernel", [2, 3, ...ones], Float32Array.from(kernel)),
      ...further.initializers ?? [],
    ],
    nodes: [
      node("Conv", ["frames", "kernel"], ["opponent"]),
      node("Relu", ["opponent"], ["rectified"]),
      node("GlobalAveragePool", ["rectified"], ["pooled"]),
      node("Flatten", ["pooled"], ["scores"]),
      ...further.nodes,
    ],
  }));
  const path = join(folder, "tiny.onnx");
  await Deno.writeFile(path, bytes);
  const about = {
    onnx: "tiny.onnx",
    sha256: sha256OfBytes(bytes),
    input: {
      name: "frames",
      layout: frames === 1 ? "NCHW" : "NCTHW",
      size: anySize ? "native" : [height, width],
      frames,
    },
    layers: { early: "opponent", late: "rectified" },
    labels: ["reddish", "bright"],
    citation: "nobody",
    license: "CC0",
    ...json,
  };
  await Deno.writeTextFile(join(folder, "tiny.json"), JSON.stringify(about));
  return path;
}
