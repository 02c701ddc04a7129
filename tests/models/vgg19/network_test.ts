import assert from "node:assert/strict";
import { winogradTile } from "../../../lib/engines/onnxruntime/lowering/winograd_tile.ts";
import { openReferenceEngine } from "../../../lib/engines/reference/reference_engine.ts";
import { RunError } from "../../../lib/errors.ts";
import type { GraphNode } from "../../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { input } from "../../../lib/graph/operations.ts";
import { convolutions } from "../../../lib/models/vgg19/architecture.ts";
import { vgg19 } from "../../../lib/models/vgg19/entry.ts";
import { readKerasWeights } from "../../../lib/models/vgg19/keras_weights.ts";
import { type Activations, wholeActivations } from "../../../lib/models/activations.ts";
import { createVgg19 } from "../../../lib/models/vgg19/network.ts";
import { evaluateModel, named } from "../evaluate_model.ts";

const weights = Object.fromEntries(convolutions.map(({ name, inputs, outputs }) => [name, {
  kernel: { shape: [outputs, inputs, 3, 3] as const, data: new Float32Array(outputs * inputs * 9) },
  bias: new Float32Array(outputs),
}]));
const model = createVgg19(vgg19.declaration, weights);

const shapeOf = (layer?: Activations) => layer && wholeActivations(layer).shape;

Deno.test("VGG-19 has sixteen layers, halved by pooling with the rest left out", () => {
  const graph = createGraphBuilder();
  const layers = model.layers([input(graph, "frame", [35, 50, 3])], vgg19.declaration.layers);
  assert.equal(Object.keys(layers).length, 16);
  assert.deepEqual(shapeOf(layers.conv1_2), [64, 35, 50]);
  assert.deepEqual(shapeOf(layers.conv2_1), [128, 17, 25]);
  assert.deepEqual(shapeOf(layers.conv4_4), [512, 4, 6]);
  assert.deepEqual(shapeOf(layers.conv5_4), [512, 2, 3]);
});

Deno.test("VGG-19 builds nothing beyond the deepest wanted layer", () => {
  const graph = createGraphBuilder();
  const layers = model.layers([input(graph, "frame", [32, 32, 3])], ["conv2_1", "conv1_1"]);
  assert.deepEqual(Object.keys(layers), ["conv1_1", "conv2_1"]);
  assert.equal(graph.nodes.filter(({ op }) => op === "conv2d").length, 3);
});

Deno.test("VGG-19 takes RGB in [0, 1], subtracts the training mean, and pads with zeros after that", async () => {
  const kernel = new Float32Array(64 * 3 * 9);
  // Output 0 copies red, output 1 copies blue, output 2 adds up green around.
  kernel[4] = 1;
  kernel[27 + 18 + 4] = 1;
  kernel.fill(1, 54 + 9, 54 + 18);
  const copying = createVgg19(vgg19.declaration, {
    ...weights,
    conv1_1: { kernel: { shape: [64, 3, 3, 3], data: kernel }, bias: new Float32Array(64) },
  });
  await using engine = await openReferenceEngine();
  const frame = { shape: [2, 2, 3], data: Float32Array.of(1, 1, 1, 0.5, 1, 0.5, 1, 1, 0.75, 1, 1, 1) };
  const { data } = named(await evaluateModel(engine, copying, [frame], ["conv1_1"]), "conv1_1");
  const close = (found: number | undefined, expected: number) =>
    assert.ok(Math.abs((found ?? NaN) - expected) < 1e-4, `${found}, expected ${expected}`);
  close(data[0], 255 - 123.68);
  close(data[1], 127.5 - 123.68);
  close(data[4], 255 - 103.939);
  close(data[6], 191.25 - 103.939);
  close(data[8], 4 * (255 - 116.779));
});

Deno.test("VGG-19 refuses layers and frames that are not its own", () => {
  const graph = createGraphBuilder();
  const frame = input(graph, "frame", [32, 32, 3]);
  assert.throws(() => model.layers([frame], ["conv6_1"]), /no layer conv6_1; there are conv1_1/);
  assert.throws(
    () => model.layers([frame, frame], ["conv1_1"]),
    /expected 1 frames .* got \[32, 32, 3\], \[32/,
  );
  assert.throws(() => model.layers([input(graph, "gray", [32, 32, 1])], ["conv1_1"]), /got \[32, 32, 1\]/);
});

Deno.test("readKerasWeights() names the layer that a file lacks or has in another shape", async () => {
  const { File, ready } = await import("h5wasm");
  const library = await ready;
  const fileWith = (kernelShape: number[]) => {
    const file = new File("/vgg.h5", "w");
    const group = file.create_group("block1_conv1");
    group.create_attribute("weight_names", ["kernel:0", "bias:0"]);
    const count = kernelShape.reduce((product, length) => product * length, 1);
    group.create_dataset({ name: "kernel:0", data: new Float32Array(count), shape: kernelShape });
    group.create_dataset({ name: "bias:0", data: new Float32Array(64), shape: [64] });
    file.close();
    const bytes = library.FS.readFile("/vgg.h5");
    library.FS.unlink("/vgg.h5");
    return bytes;
  };
  const fails = (bytes: Uint8Array, message: RegExp) =>
    assert.rejects(
      readKerasWeights(bytes, "vgg.h5"),
      (error) => error instanceof RunError && message.test(error.message),
    );
  await fails(fileWith([3, 3, 3, 64]), /vgg\.h5: not the weights of VGG-19 .* of conv1_2/);
  await fails(
    fileWith([3, 3, 1, 64]),
    /kernel of conv1_1 has shape \[3, 3, 1, 64\], expected \[3, 3, 3, 64\]/,
  );
});

Deno.test("VGG-19 pools nothing that Winograd rounds before the layer that it declares to be the first", () => {
  const { layers, firstPooledLayer = "" } = vgg19.declaration;
  const pools = (layer: string) => {
    const graph = createGraphBuilder();
    model.layers([input(graph, "frame", [32, 32, 3])], [layer]);
    const { nodes } = graph;
    return nodes.some((pooling) => {
      if (pooling.op !== "max_pool2d") return false;
      let source: GraphNode | undefined = pooling;
      while (source !== undefined && source.op !== "conv2d") source = nodes[source.inputs[0] ?? NaN];
      const [images, kernel] = source?.inputs.map((id) => nodes[id]?.shape) ?? [];
      assert.ok(source !== undefined && images !== undefined && kernel !== undefined);
      return winogradTile(images, kernel, source.attributes) !== undefined;
    });
  };
  assert.deepEqual(
    layers.filter((layer) => !pools(layer)),
    layers.slice(0, layers.indexOf(firstPooledLayer)),
  );
});
