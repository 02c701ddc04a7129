/**
 * Operators of imported models beside ONNX Runtime's own, and those that are refused.
 */
import assert from "node:assert/strict";
import { basename } from "node:path";
import { openEngine } from "../../../lib/engines/open.ts";
import { openReferenceEngine } from "../../../lib/engines/reference/reference_engine.ts";
import { type Attributes, DataType, encodeModel, floatValue, node } from "../../../lib/formats/onnx/model.ts";
import { readModel } from "../../../lib/formats/onnx/read_model.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { input } from "../../../lib/graph/operations.ts";
import { addToGraph, importGraph } from "../../../lib/models/imported/imported_graph.ts";
import { isKnown } from "../../../lib/models/imported/value.ts";

interface Asked {
  readonly op: string;
  readonly shape: readonly number[];
  readonly attributes: Attributes;
}

function modelOf({ op, shape, attributes }: Asked): Uint8Array {
  return encodeModel({
    name: "one operator",
    inputs: [floatValue("x", shape)],
    outputs: [floatValue("y", shape.map(() => -1))],
    initializers: [],
    nodes: [node(op, ["x"], ["y"], attributes)],
  });
}

const where = "one.onnx";

function values(shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, length) => product * length, 1);
  return Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 101) / 101 - 0.3);
}

/** What our graph makes of it. */
async function imported(asked: Asked) {
  const { shape } = asked;
  const graph = createGraphBuilder();
  const model = importGraph(readModel(modelOf(asked), where), where, () => {
    throw new Error("no further file");
  });
  const made = addToGraph(model, graph, new Map([["x", { tensor: input(graph, "x", shape) }]]), ["y"]).get(
    "y",
  );
  assert.ok(made !== undefined && !isKnown(made));
  await using engine = await openReferenceEngine();
  await using program = await engine.compile(graph.finish({ y: made.tensor }));
  return (await program.run({ x: { shape, data: values(shape) } }))["y"];
}

/** What ONNX Runtime makes of it. */
async function original(asked: Asked) {
  const { shape } = asked;
  await using engine = await openEngine({ threads: 1 });
  assert.ok(engine.openModel);
  await using session = await engine.openModel({
    where: basename(where),
    bytes: modelOf(asked),
    folder: ".",
  });
  return (await session.run("x", { shape, data: values(shape) }))["y"];
}

async function assertAlike(asked: Asked): Promise<void> {
  const [found, expected] = [await imported(asked), await original(asked)];
  assert.ok(found && expected);
  assert.deepEqual([...found.shape], [...expected.shape]);
  expected.data.forEach((value, i) =>
    assert.ok(Math.abs(value - found.data[i]!) < 1e-5, `[${i}]: ${found.data[i]} instead of ${value}`)
  );
}

for (const counted of [0, 1]) {
  for (const ceil of [0, 1]) {
    Deno.test(`averages with ceil_mode ${ceil} and count_include_pad ${counted} are ONNX Runtime's`, async () => {
      const shared = { ceil_mode: { int: ceil }, count_include_pad: { int: counted } };
      const square = {
        kernel_shape: { ints: [3, 3] },
        strides: { ints: [2, 2] },
        pads: { ints: [1, 1, 1, 1] },
      };
      await assertAlike({
        op: "AveragePool",
        shape: [1, 2, 6, 7],
        attributes: { ...shared, ...square },
      });
      await assertAlike({
        op: "AveragePool",
        shape: [1, 2, 6, 5, 4],
        attributes: {
          ...shared,
          kernel_shape: { ints: [3, 3, 2] },
          strides: { ints: [2, 2, 1] },
          pads: { ints: [1, 1, 0, 1, 1, 0] },
        },
      });
    });
  }
}

Deno.test("a cast to real numbers leaves them, and one to whole numbers or truth values is refused by name", async () => {
  const cast = (to: number): Asked => ({ op: "Cast", shape: [1, 2, 3, 4], attributes: { to: { int: to } } });
  assert.deepEqual([...(await imported(cast(DataType.DOUBLE)))?.data ?? []], [...values([1, 2, 3, 4])]);
  await assert.rejects(
    imported(cast(DataType.INT64)),
    /one\.onnx: node y \(Cast\): Cast to int64 of what depends on the frames is not supported/,
  );
  await assert.rejects(imported(cast(DataType.BOOL)), /Cast to bool of what depends on the frames/);
});
