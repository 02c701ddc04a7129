/**
 * Collects the nodes and constants of an ONNX model under names that it makes up.
 * @module
 */
import {
  type Attributes,
  floatTensor,
  integerTensor,
  node,
  type NodeProto,
  type TensorProto,
} from "../../formats/onnx/model.ts";

/** An ONNX model under construction. Values are referred to by name. */
export interface OnnxWriter {
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  /** Adds a node and returns the name of its result. */
  node(type: string, inputs: readonly string[], attributes?: Attributes): string;
  /** Adds a node that makes two results and returns their names. */
  nodeOfTwo(type: string, inputs: readonly string[], attributes?: Attributes): readonly [string, string];
  /** Adds a float32 constant. The data is used, not copied. */
  floats(data: Float32Array, shape: readonly number[]): string;
  /** A list of int64 numbers; equal lists are added once. */
  integers(values: readonly number[]): string;
}

/** An empty model under construction. */
export function createOnnxWriter(): OnnxWriter {
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const integerLists = new Map<string, string>();
  let values = 0;
  const freshName = () => `v${values++}`;

  function floats(data: Float32Array, shape: readonly number[]): string {
    const name = freshName();
    initializers.push(floatTensor(name, shape, data));
    return name;
  }

  return {
    nodes,
    initializers,
    floats,
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
    integers(list) {
      const text = list.join();
      const known = integerLists.get(text);
      if (known !== undefined) return known;
      const name = freshName();
      initializers.push(integerTensor(name, [list.length], list));
      integerLists.set(text, name);
      return name;
    },
  };
}
