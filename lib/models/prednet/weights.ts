/**
 * A PredNet's weights out of the HDF5 file that Keras wrote (github.com/coxlab/prednet).
 * @module
 */
import { RunError } from "../../errors.ts";
import { type FloatArray, type Hdf5File, openHdf5 } from "../../formats/hdf5.ts";
import { type Kernel, kernelFromTensorFlow } from "../kernel_layout.ts";
import { requireFinite } from "../weights/finite.ts";
import { channelsOf, hasUnit, type Stacks, type Unit, units } from "./architecture.ts";

/** A convolution's kernel and its bias, one number per output. */
export interface ConvolutionWeights {
  readonly kernel: Kernel;
  readonly bias: Float32Array;
}

/** The convolutions of a level; the top one has no `a`. */
export type LevelWeights = Readonly<Partial<Record<Unit, ConvolutionWeights>>>;

/** A whole network, as it computes: cross-correlations. */
export interface PrednetWeights {
  readonly stacks: Stacks;
  /** Lowest first. */
  readonly levels: readonly LevelWeights[];
  /** By which backend the file says that it was written; older files do not say it. */
  readonly backend?: string;
}

/** With which backend Keras learned kernels: Theano convolves, so that its kernels are turned by 180 degrees. */
export type KernelFlavor = "tensorflow" | "theano";

/** Both. */
export const kernelFlavors = ["tensorflow", "theano"] as const satisfies readonly KernelFlavor[];

/** In the order of the file. */
interface ListedWeight {
  readonly unit: Unit;
  readonly level: number;
  readonly part: "kernel" | "bias";
  /** As the file names it: `pred_net_1/layer_a_0/kernel:0`. */
  readonly name: string;
}

/**
 * Reads the network out of a file of `save_weights` or of `model.save`; its levels and their channels are the file's. Arrays
 * are found by their names, in whatever order the file lists them.
 * Rejects with a RunError that names the array when one is missing, twice there, of another shape or not finite, and when
 * the file is damaged or of another network.
 */
export async function readPrednetWeights(
  bytes: Uint8Array,
  where: string,
  kernels: KernelFlavor = "tensorflow",
): Promise<PrednetWeights> {
  using file = await openHdf5(bytes, where);
  const { group, root } = prednetGroup(file, where);
  const listed = (file.strings(group, "weight_names") ?? []).map((name) => listedWeight(name, where));
  const read = (unit: Unit, level: number, part: ListedWeight["part"]): FloatArray => {
    const found = listed.filter((one) => one.unit === unit && one.level === level && one.part === part);
    const [only] = found;
    const what = `${part} of layer_${unit}_${level}`;
    if (only === undefined) throw new RunError(`${where}: no ${what} among the weights of ${group}`);
    if (found.length > 1) throw new RunError(`${where}: ${found.length} times the ${what} in ${group}`);
    return file.floats(`${group}/${only.name}`);
  };
  const stacks = stacksOf(listed, (level) => read("ahat", level, "bias"), where);
  const levels = stacks.map((_, level): LevelWeights =>
    Object.fromEntries(
      units.filter((unit) => hasUnit(stacks, unit, level)).map((unit) => {
        const named = `${where}: layer_${unit}_${level}`;
        const [kernel, bias] = [read(unit, level, "kernel"), read(unit, level, "bias")];
        const [inputs, outputs] = channelsOf(stacks, unit, level);
        const shape = [3, 3, inputs, outputs] as const;
        requireShape(kernel, shape, `${named}: kernel`);
        requireShape(bias, [outputs], `${named}: bias`);
        requireFinite(kernel.data, `${named}: kernel`);
        requireFinite(bias.data, `${named}: bias`);
        const data = kernels === "theano" ? turned(kernel.data, inputs * outputs) : kernel.data;
        return [unit, { kernel: kernelFromTensorFlow(data, shape), bias: bias.data }];
      }),
    )
  );
  requireNoOthers(listed, stacks, where);
  const [backend] = file.strings(root, "backend") ?? [];
  return { stacks, levels, ...(backend !== undefined && { backend }) };
}

/** `model.save` puts everything under /model_weights. The name of PredNet's layer has a number that Keras counts up. */
function prednetGroup(file: Hdf5File, where: string): { readonly group: string; readonly root: string } {
  const root = file.has("model_weights") ? "model_weights" : "/";
  const layers = file.strings(root, "layer_names") ?? [];
  const path = (layer: string) => root === "/" ? layer : `${root}/${layer}`;
  const found = layers.map(path).find((path) =>
    file.has(path) && (file.strings(path, "weight_names") ?? []).some((name) => weightPattern.test(name))
  );
  if (found !== undefined) return { group: found, root };
  const list = layers.length === 0 ? "it lists no layers" : `its layers are ${layers.join(", ")}`;
  throw new RunError(`${where}: not the weights of a PredNet in Keras's layout (${list})`);
}

/** Theano's names have no `:0`. */
const weightPattern = /(?:^|\/)layer_(a|ahat|c|f|i|o)_(\d+)\/(kernel|bias)(?::0)?$/;

function listedWeight(name: string, where: string): ListedWeight {
  const [, unit, level, part] = name.match(weightPattern) ?? [];
  const known = units.find((known) => known === unit);
  if (known === undefined || (part !== "kernel" && part !== "bias")) {
    throw new RunError(`${where}: '${name}' is no weight of a PredNet`);
  }
  return { unit: known, level: Number(level), part, name };
}

/** As many levels as there are predictions, each with the channels that its bias says. */
function stacksOf(
  listed: readonly ListedWeight[],
  bias: (level: number) => FloatArray,
  where: string,
): Stacks {
  const count = 1 + Math.max(-1, ...listed.filter(({ unit }) => unit === "ahat").map(({ level }) => level));
  const stacks = Array.from({ length: count }, (_, level) => bias(level).data.length);
  if (stacks[0] !== 3) {
    throw new RunError(
      `${where}: its lowest level predicts ${stacks[0] ?? 0} channels; frames have 3, red, green and blue`,
    );
  }
  return stacks;
}

/** Weights of levels above those that predict. */
function requireNoOthers(listed: readonly ListedWeight[], stacks: Stacks, where: string): void {
  const other = listed.find(({ unit, level }) => level >= stacks.length || !hasUnit(stacks, unit, level));
  if (other === undefined) return;
  throw new RunError(`${where}: '${other.name}' belongs to no level of a PredNet of ${stacks.length} levels`);
}

function requireShape(array: FloatArray, expected: readonly number[], what: string): void {
  if (array.shape.join() === expected.join()) return;
  throw new RunError(`${what} has shape [${array.shape.join(", ")}], expected [${expected.join(", ")}]`);
}

/** Kernels of 3 x 3 x inputs x outputs turned by 180 degrees: the pixels in the opposite order. */
function turned(stored: Float32Array, perPixel: number): Float32Array {
  const pixels = stored.length / perPixel;
  return stored.map((_, i) => stored[(pixels - 1 - Math.floor(i / perPixel)) * perPixel + i % perPixel] ?? 0);
}
