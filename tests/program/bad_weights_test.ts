/** Weights that are no weights, run as users run them: refused before anything is made. */
import { join } from "node:path";
import { encodeNpz, type NpzArrays } from "../../lib/formats/npz.ts";
import { sharedPath } from "../shared_data.ts";
import { tinyWorkflow } from "./program.ts";
import { type Refusal, refusalBench } from "./refusals.ts";

const shapes: Readonly<Record<string, readonly number[]>> = {
  conv1_w: [2, 11, 11, 1, 32],
  conv1_b: [32],
  conv2_w: [1, 1, 1, 32, 64],
  conv2_b: [64],
  conv3_w: [1, 3, 3, 320, 64],
  conv3_b: [64],
  conv4_w: [1, 1, 1, 64, 2],
  conv4_b: [2],
};

const arrays: NpzArrays = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [
    name,
    { shape, data: new Float32Array(shape.reduce((product, length) => product * length, 1)).fill(0.01) },
  ]),
);

const packed = (changed: NpzArrays) => encodeNpz(changed, { compress: true });
const without = (name: string) =>
  Object.fromEntries(Object.entries(arrays).filter(([other]) => other !== name));
const flawed = { shape: [32], data: new Float32Array(32).with(5, NaN) };
const damaged = packed(arrays).map((byte, index, { length }) =>
  index === Math.floor(length / 2) ? byte ^ 1 : byte
);

const files: readonly (readonly [name: string, content: Uint8Array, says: RegExp])[] = [
  ["nothing", new Uint8Array(0), /not a zip archive, or cut short/],
  ["a page", new TextEncoder().encode("404: Not Found"), /not a zip archive, or cut short/],
  ["half of it", packed(arrays).slice(0, packed(arrays).length / 2), /not a zip archive, or cut short/],
  ["a byte that changed", damaged, /damaged/],
  ["an array that is missing", packed(without("conv2_w")), /no array 'conv2_w'; there are conv1_w/],
  [
    "an array of another shape",
    packed({ ...arrays, conv2_b: { shape: [32], data: new Float32Array(32) } }),
    /conv2_b is Float32Array \[32\], expected Float32Array \[64\]/,
  ],
  [
    "an array of another type",
    packed({ ...arrays, conv2_b: { shape: [64], data: new Float64Array(64) } }),
    /conv2_b is Float64Array/,
  ],
  ["a value that is no number", packed({ ...arrays, conv1_b: flawed }), /conv1_b has the value NaN/],
];

const workflowOf = (streams: string, term: string) =>
  tinyWorkflow.replace(/streams: .*/, `streams: { ${streams} }`).replace("spatial_texture", term);

Deno.test("weights that can't be used are refused with exit code 3 before anything is made", async (test) => {
  await using place = await refusalBench();
  const file = await place.write("msoe.yaml", workflowOf("temporal: msoe", "temporal_texture"));
  const refusals: Refusal[] = [];
  for (const [index, [name, content, says]] of files.entries()) {
    const weights = join(place.folder, `weights_${index}`);
    await Deno.mkdir(weights);
    await Deno.writeFile(join(weights, "msoe.npz"), content);
    const remedy = /move it away, then fetch the published file:\n.*models pull msoe/;
    const args = [file, "--weights", weights, "--offline"];
    refusals.push({ name, args, code: 3, says: [/^error: .*msoe\.npz can't be used/, says, remedy] });
  }
  const weights = join(place.folder, "weights_folder");
  await Deno.mkdir(join(weights, "msoe.npz"), { recursive: true });
  const says = [/^error: .*msoe\.npz can't be read .*; move it away/, /under the name msoe\.npz/];
  refusals.push({ name: "a folder", args: [file, "--weights", weights, "--offline"], code: 3, says });
  await place.refuse(test, refusals);
});

const keras = sharedPath("weights/vgg19_notop.h5");

Deno.test({
  name: "an HDF5 file that is cut short, or has a layer less, is refused with exit code 3",
  ignore: keras === undefined,
  fn: async (test) => {
    await using place = await refusalBench();
    const file = await place.write("vgg19.yaml", workflowOf("spatial: vgg19", "spatial_texture"));
    const whole = await Deno.readFile(keras!);
    const refuse = async (name: string, content: Uint8Array, says: RegExp): Promise<Refusal> => {
      const weights = join(place.folder, name);
      await Deno.mkdir(weights);
      await Deno.writeFile(join(weights, "vgg19_notop.h5"), content);
      const args = [file, "--weights", weights, "--offline"];
      return { name, args, code: 3, says: [/vgg19_notop\.h5 can't be used/, says, /models pull vgg19/] };
    };
    const cut = whole.slice(0, 1_000_000);
    await place.refuse(test, [
      await refuse("cut", cut, /not an HDF5 file, or cut short/),
      await refuse("text", new TextEncoder().encode("404"), /not an HDF5 file, or cut short/),
      await refuse(
        "renamed",
        renamed(whole, "block3_conv2", "blockX_conv2"),
        /no kernel and bias of conv3_2/,
      ),
    ]);
  },
});

/** The bytes with a name exchanged for another of the same length, wherever it stands. */
function renamed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const content = new TextDecoder("latin1").decode(bytes);
  for (let at = content.indexOf(from); at >= 0; at = content.indexOf(from, at + 1)) {
    changed.set(new TextEncoder().encode(to), at);
  }
  return changed;
}
