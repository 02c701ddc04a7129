/**
 * Collects the nodes and constants of an ONNX model under names that it makes up.
 * @module
 */
import {
  type Attributes,
  floatTensor,
  halfTensor,
  integerTensor,
  node,
  type NodeProto,
  type TensorProto,
} from "../../formats/onnx/model.ts";
import type { Shape } from "../../graph/graph.ts";
import type { TensorValue } from "../engine.ts";

/** What a model computes, as far as some of its values need it. */
export interface WrittenModel {
  /** In an order in which they can be computed. */
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  /** Large constants by name: inputs of the model, so that several models share one array. */
  readonly shared: Readonly<Record<string, TensorValue>>;
}

/** An ONNX model under construction. Values are referred to by name. */
export interface OnnxWriter {
  /** Adds a node and returns the name of its result. */
  node(type: string, inputs: readonly string[], attributes?: Attributes): string;
  /** Adds a node that makes two results and returns their names. */
  nodeOfTwo(type: string, inputs: readonly string[], attributes?: Attributes): readonly [string, string];
  /** Adds a float32 constant. The data is used, not copied. */
  floats(data: Float32Array, shape: Shape): string;
  /** Adds a float16 constant. The data is used, not copied. */
  halves(data: Float16Array, shape: Shape): string;
  /** Adds a float32 constant that is not part of the model's bytes: all models that hold this array share it. */
  sharedFloats(data: Float32Array, shape: Shape): string;
  /** A list of int64 numbers; equal short lists are added once. */
  integers(values: readonly number[]): string;
  /** What `make` added under this key when it was first asked for. */
  once(key: string, make: () => string): string;
  /** What these values need of all that was added. */
  written(wanted: readonly string[]): WrittenModel;
}

/** Lists up to this length are compared with each other. */
const SHORT = 64;

/** An empty model under construction. */
export function createOnnxWriter(): OnnxWriter {
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const shared = new Map<string, TensorValue>();
  const made = new Map<string, string>();
  let values = 0;
  const freshName = () => `v${values++}`;

  const writer: OnnxWriter = {
    node(type, inputs, attributes) {
      const name = freshName();
      nodes.push(node(type, inputs, [name], attributes));
      return name;
    },
    nodeOfTwo(type, inputs, attributes) {
      const names = [freshName(), freshName()] as const;
      nodes.push(node(type, inputs, names, attributes));
      return names;
    },
    floats(data, shape) {
      const name = freshName();
      initializers.push(floatTensor(name, shape, data));
      return name;
    },
    halves(data, shape) {
      const name = freshName();
      initializers.push(halfTensor(name, shape, data));
      return name;
    },
    sharedFloats(data, shape) {
      const name = `shared/${shared.size}`;
      shared.set(name, { shape, data });
      return name;
    },
    integers(list) {
      const add = (): string => {
        const name = freshName();
        initializers.push(integerTensor(name, [list.length], list));
        return name;
      };
      return list.length > SHORT ? add() : writer.once(`integers ${list.join()}`, add);
    },
    once(key, make) {
      const known = made.get(key);
      if (known !== undefined) return known;
      const name = make();
      made.set(key, name);
      return name;
    },
    written(wanted) {
      const needed = new Set(wanted);
      const kept = nodes.toReversed().filter(({ input, output }) => {
        if (!output.some((name) => needed.has(name))) return false;
        for (const name of input) needed.add(name);
        return true;
      }).toReversed();
      return {
        nodes: kept,
        initializers: initializers.filter(({ name }) => needed.has(name)),
        shared: Object.fromEntries([...shared].filter(([name]) => needed.has(name))),
      };
    },
  };
  return writer;
}
