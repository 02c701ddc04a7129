import assert from "node:assert/strict";
import { openEngine } from "../../lib/engines/open.ts";
import { encodeModel, floatTensor, floatValue, node } from "../../lib/formats/onnx/model.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { add, input, multiply } from "../../lib/graph/operations.ts";
import { sharedEngine } from "./shared_engine.ts";

Deno.test("the engine says that WebGPU computes, and that it convolves term by term", async () => {
  const { version: _, device, ...identity } = (await sharedEngine()).identity;
  assert.match(device, /graphics adapter/);
  assert.partialDeepStrictEqual(identity, {
    name: "onnxruntime",
    provider: "webgpu",
    precision: "float32",
    threads: 1,
    convolution: "direct",
  });
});

Deno.test("what is bound stays on the device, until something else is bound under its name", async () => {
  const builder = createGraphBuilder();
  const [x, y, z] = ["x", "y", "z"].map((name) => input(builder, name, [4]));
  assert.ok(x && y && z);
  await using program = await (await sharedEngine()).compile(
    builder.finish({ made: add(multiply(x, y), z) }),
  );
  const four = (value: number) => ({ shape: [4], data: new Float32Array(4).fill(value) });
  const mine = four(3);
  await program.bind({ y: mine, z: four(1) });
  mine.data.fill(100);
  const made = async (value: number) => (await program.run({ x: four(value) })).made?.data[0];
  assert.equal(await made(2), 7);
  assert.equal(await made(4), 13);
  await program.bind({ y: four(10) });
  assert.equal(await made(2), 21);
});

Deno.test("a thousand runs and a hundred bindings leave no tensors behind", async () => {
  const builder = createGraphBuilder();
  const [x, y] = [input(builder, "x", [1024, 64]), input(builder, "y", [1024, 64])];
  await using program = await (await sharedEngine()).compile(builder.finish({ made: multiply(x, y) }));
  const value = { shape: [1024, 64], data: new Float32Array(1024 * 64).fill(2) };
  const memory = async (times: number) => {
    for (let i = 0; i < times; i++) {
      if (i % 10 === 0) await program.bind({ y: value });
      await program.run({ x: value });
    }
    return Deno.memoryUsage().rss;
  };
  const before = await memory(200);
  // Each of them is a quarter of a megabyte.
  assert.ok(await memory(800) - before < 60e6);
});

Deno.test("a device by its number is refused: WebGPU gives one adapter", async () => {
  await assert.rejects(openEngine({ provider: "webgpu", device: 1 }), {
    name: "WorkflowError",
    message: /^--device 1: error: the provider webgpu of onnxruntime computes on the graphics adapter/,
  });
});

Deno.test("float16 is computed where shaders have it, and else refused with ONNX Runtime's reason", async () => {
  try {
    await using engine = await openEngine({ provider: "webgpu", precision: "float16" });
    assert.equal(engine.identity.precision, "float16");
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.equal(error.name, "MissingError");
    assert.match(error.message, /^float16 is not to be had here: .*the device does not support it/);
  }
});

Deno.test("a model of somebody else runs on WebGPU, and on the processor where WebGPU lacks an operator", async () => {
  const model = encodeModel({
    name: "signs",
    inputs: [floatValue("frames", [1, 1, 4, 4])],
    outputs: [floatValue("signs", [1, 1, 4, 4])],
    initializers: [floatTensor("kernel", [1, 1, 1, 1], Float32Array.of(2))],
    nodes: [node("Conv", ["frames", "kernel"], ["doubled"]), node("Sign", ["doubled"], ["signs"])],
  });
  const engine = await sharedEngine();
  await using session = await engine.openModel?.({ where: "signs.onnx", bytes: model, folder: "." });
  const data = Float32Array.from({ length: 16 }, (_, i) => i - 3);
  const made = await session?.run("frames", { shape: [1, 1, 4, 4], data });
  assert.deepEqual(made?.signs?.data, data.map(Math.sign));
});
