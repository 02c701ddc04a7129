/**
 * The same model with other outputs: anything that it computes can be one.
 * @module
 */
import { create, toBinary } from "@bufbuild/protobuf";
import type { ReadModel } from "./read_model.ts";
import { GraphProtoSchema, ModelProtoSchema, ValueInfoProtoSchema } from "./onnx_pb.ts";

/**
 * The bytes of the model whose outputs are these tensors and no others, so that an engine computes nothing that they do not
 * need. Types and shapes of those that were none before are left to the engine.
 */
export function withOutputs({ model, graph }: ReadModel, tensors: readonly string[]): Uint8Array {
  const declared = new Map([...graph.valueInfo, ...graph.output].map((value) => [value.name, value]));
  const output = tensors.map((name) => declared.get(name) ?? create(ValueInfoProtoSchema, { name }));
  return toBinary(ModelProtoSchema, {
    ...model,
    graph: create(GraphProtoSchema, { ...graph, output }),
  });
}
