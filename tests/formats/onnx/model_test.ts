import assert from "node:assert/strict";
import { fromBinary } from "@bufbuild/protobuf";
import {
  encodeModel,
  floatTensor,
  floatValue,
  integerTensor,
  node,
} from "../../../lib/formats/onnx/model.ts";
import { ModelProtoSchema } from "../../../lib/formats/onnx/onnx_pb.ts";

Deno.test("encodeModel() writes nodes, constants, inputs and outputs that protobuf reads back", () => {
  const bytes = encodeModel({
    name: "example",
    inputs: [floatValue("x", [2, 3])],
    outputs: [floatValue("y", [])],
    initializers: [
      floatTensor("kernel", [2], Float32Array.of(1.5, -2)),
      integerTensor("axes", [1], [-1]),
    ],
    nodes: [
      node("HardSigmoid", ["x", ""], ["y"], {
        alpha: { float: 0.5 },
        axis: { int: -2 },
        pads: { ints: [0, 1] },
        mode: { string: "nearest" },
      }),
    ],
  });
  const { graph, opsetImport } = fromBinary(ModelProtoSchema, bytes);
  assert.equal(opsetImport[0]?.version, 18n);
  assert.equal(graph?.name, "example");

  const [x] = graph.input;
  assert.equal(x?.name, "x");
  assert.ok(x.type?.value.case === "tensorType");
  assert.deepEqual(x.type.value.value.shape?.dim.map(({ value }) => value.value), [2n, 3n]);

  const [kernel, axes] = graph.initializer;
  assert.deepEqual(kernel?.rawData, new Uint8Array(Float32Array.of(1.5, -2).buffer));
  assert.deepEqual(axes?.rawData, new Uint8Array(BigInt64Array.of(-1n).buffer));
  assert.deepEqual(axes.dims, [1n]);

  const [only] = graph.node;
  assert.deepEqual([only?.opType, only?.input, only?.output], ["HardSigmoid", ["x", ""], ["y"]]);
  const [alpha, axis, pads, mode] = only?.attribute ?? [];
  assert.deepEqual([alpha?.f, axis?.i, pads?.ints], [0.5, -2n, [0n, 1n]]);
  assert.equal(new TextDecoder().decode(mode?.s), "nearest");
});

Deno.test("floatTensor() takes the part of a buffer that its array covers", () => {
  const whole = Float32Array.of(9, 1, 2, 9);
  const { rawData } = floatTensor("part", [2], whole.subarray(1, 3));
  assert.deepEqual(Uint8Array.from(rawData), new Uint8Array(Float32Array.of(1, 2).buffer));
});
