/**
 * PredNet's weights as Keras writes them, whole or with something wrong.
 */
import { File, ready } from "h5wasm";
import {
  channelsOf,
  hasUnit,
  type Stacks,
  type Unit,
  units,
} from "../../../lib/models/prednet/architecture.ts";

/** An array of the file, and under which name the file lists it. */
export interface WrittenArray {
  readonly unit: Unit;
  readonly level: number;
  readonly part: "kernel" | "bias";
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** All arrays of a network in Keras's order, with values that differ from each other. */
export function prednetArrays(stacks: Stacks): readonly WrittenArray[] {
  let made = 0;
  return units.flatMap((unit) =>
    [...stacks.keys()].filter((level) => hasUnit(stacks, unit, level)).flatMap((level): WrittenArray[] => {
      const [inputs, outputs] = channelsOf(stacks, unit, level);
      const array = (part: WrittenArray["part"], shape: readonly number[]): WrittenArray => {
        const length = shape.reduce((product, side) => product * side, 1);
        const data = Float32Array.from({ length }, () => Math.sin(++made));
        return { unit, level, part, name: `pred_net_7/layer_${unit}_${level}/${part}:0`, shape, data };
      };
      return [array("kernel", [3, 3, inputs, outputs]), array("bias", [outputs])];
    })
  );
}

/** The bytes of a file that lists these arrays. */
export async function prednetFile(
  arrays: readonly WrittenArray[],
  { layer = "pred_net_7", backend }: { readonly layer?: string; readonly backend?: string } = {},
): Promise<Uint8Array> {
  const library = await ready;
  const path = `/written-${crypto.randomUUID()}.h5`;
  const file = new File(path, "w");
  file.create_attribute("layer_names", ["input_1", layer]);
  if (backend !== undefined) file.create_attribute("backend", backend);
  file.create_group("input_1").create_attribute("weight_names", []);
  const group = file.create_group(layer);
  group.create_attribute("weight_names", arrays.map(({ name }) => name));
  const inner = group.create_group("pred_net_7");
  for (const [index, { unit, level, name, shape, data }] of arrays.entries()) {
    if (arrays.findIndex((array) => array.name === name) < index) continue;
    const folder = `layer_${unit}_${level}`;
    if (inner.get(folder) === null) inner.create_group(folder);
    const dataset = `pred_net_7/${folder}/${name.slice(name.lastIndexOf("/") + 1)}`;
    group.create_dataset({ name: dataset, data, shape: [...shape] });
  }
  file.close();
  const bytes = library.FS.readFile(path);
  library.FS.unlink(path);
  return bytes;
}
