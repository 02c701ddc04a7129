import assert from "node:assert/strict";
import { RunError } from "../../../lib/errors.ts";
import { readPrednetWeights } from "../../../lib/models/prednet/weights.ts";
import { prednetArrays, prednetFile, type WrittenArray } from "./prednet_file.ts";

const stacks = [3, 4, 5];
const arrays = prednetArrays(stacks);

const without = (name: string) => arrays.filter((array) => array.name !== name);

const changed = (name: string, change: (array: WrittenArray) => WrittenArray) =>
  arrays.map((array) => array.name === name ? change(array) : array);

Deno.test("readPrednetWeights() finds levels and channels in the file, whatever PredNet's layer is called", async () => {
  const { stacks: found, levels, backend } = await readPrednetWeights(
    await prednetFile(arrays, { layer: "my_net_2" }),
    "w.hdf5",
  );
  assert.deepEqual(found, stacks);
  assert.equal(backend, undefined);
  assert.deepEqual(levels.map((level) => Object.keys(level).toSorted()), [
    ["a", "ahat", "c", "f", "i", "o"],
    ["a", "ahat", "c", "f", "i", "o"],
    ["ahat", "c", "f", "i", "o"],
  ]);
  assert.deepEqual(levels[1]?.a?.kernel.shape, [5, 8, 3, 3]);
  assert.deepEqual(levels[0]?.f?.kernel.shape, [3, 13, 3, 3]);
  assert.deepEqual(levels[2]?.f?.kernel.shape, [5, 15, 3, 3]);
});

Deno.test("readPrednetWeights() reads arrays by their names, in whatever order the file lists them", async () => {
  const [inOrder, turnedAround] = await Promise.all(
    [arrays, arrays.toReversed()].map(async (list) =>
      await readPrednetWeights(await prednetFile(list), "w.hdf5")
    ),
  );
  assert.deepEqual(turnedAround, inOrder);
});

Deno.test("readPrednetWeights() turns Theano's kernels by 180 degrees, and nothing else", async () => {
  const named = arrays.map((array) => ({ ...array, name: array.name.replace(":0", "") }));
  const bytes = await prednetFile(named, { backend: "theano" });
  const [as, turned] = [
    await readPrednetWeights(bytes, "w.hdf5"),
    await readPrednetWeights(bytes, "w.hdf5", "theano"),
  ];
  assert.equal(turned.backend, "theano");
  const pixels = (kernel: Float32Array | undefined) => [...kernel?.subarray(0, 9) ?? []];
  const [one, other] = [as.levels[1]?.i, turned.levels[1]?.i];
  assert.deepEqual(pixels(other?.kernel.data), pixels(one?.kernel.data).toReversed());
  assert.deepEqual(other?.bias, one?.bias);
});

for (
  const { situation, list, message } of [
    {
      situation: "lacks a kernel",
      list: without("pred_net_7/layer_f_1/kernel:0"),
      message: "w.hdf5: no kernel of layer_f_1 among the weights of pred_net_7",
    },
    {
      situation: "lacks the bias by which a level is known",
      list: without("pred_net_7/layer_ahat_1/bias:0"),
      message: "w.hdf5: no bias of layer_ahat_1 among the weights of pred_net_7",
    },
    {
      situation: "lists an array twice",
      list: [...arrays, ...arrays.filter(({ name }) => name === "pred_net_7/layer_o_2/bias:0")],
      message: "w.hdf5: 2 times the bias of layer_o_2 in pred_net_7",
    },
    {
      situation: "has a kernel of other channels",
      list: changed("pred_net_7/layer_a_0/kernel:0", (array) => (
        { ...array, shape: [3, 3, 4, 6] }
      )),
      message: "w.hdf5: layer_a_0: kernel has shape [3, 3, 4, 6], expected [3, 3, 6, 4]",
    },
    {
      situation: "has a value that is not finite",
      list: changed("pred_net_7/layer_c_1/bias:0", (array) => (
        { ...array, data: Float32Array.of(0, 1, NaN, 2) }
      )),
      message: "w.hdf5: layer_c_1: bias has the value NaN (number 2)",
    },
    {
      situation: "has weights above its top level",
      list: [
        ...arrays,
        ...prednetArrays([3, 4, 5, 6]).filter(({ unit, level }) => unit === "a" && level === 2),
      ],
      message: "w.hdf5: 'pred_net_7/layer_a_2/kernel:0' belongs to no level of a PredNet of 3 levels",
    },
    {
      situation: "predicts gray frames",
      list: prednetArrays([1, 4]),
      message: "w.hdf5: its lowest level predicts 1 channels; frames have 3, red, green and blue",
    },
    {
      situation: "is of another network",
      list: [],
      message: "w.hdf5: not the weights of a PredNet in Keras's layout (its layers are input_1, pred_net_7)",
    },
  ]
) {
  Deno.test(`readPrednetWeights() refuses by name a file that ${situation}`, async () => {
    const bytes = await prednetFile(list);
    await assert.rejects(readPrednetWeights(bytes, "w.hdf5"), (error) => {
      assert.ok(error instanceof RunError);
      assert.equal(error.message, message);
      return true;
    });
  });
}
