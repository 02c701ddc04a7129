/** What a workflow of stub stages comes to, known without running it. */
import { encodeNpy } from "../../../lib/formats/npy.ts";
import { sha256OfBytes } from "../../../lib/store/checksum.ts";
import type { StoredArray } from "../../../lib/store/stage_store.ts";
import { clipFrame, clipFrames, clipValue, paintedFrame, paintedValue, tableOf } from "./stub_kinds.ts";
import type { Edited } from "./workplace.ts";

/** An instance as it has to be. */
export interface Expected {
  /** As the workflow calls it. */
  readonly name: string;
  /** All that decides its bytes, in words of this test: two instances of one key must have one of these. */
  readonly description: string;
  /** How many frames are wanted; undefined for a table. */
  readonly wanted?: number;
  /** sha256 of all frames that it can have. */
  readonly digests: readonly string[];
  readonly table?: string;
}

/** The instances of a workflow. */
export function expectedOf({ content, seed, name, frames }: Edited): readonly Expected[] {
  const clip = Array.from({ length: clipFrames }, (_, frame) => clipValue(content, frame));
  const first = painted(seed, clip);
  const second = painted(1, first);
  const ofClip = `clip ${content}`;
  const ofFirst = `painted with ${seed} from ${ofClip}`;
  const ofSecond = `painted with 1 from ${ofFirst}`;
  const table = { description: `${frames[1]} of ${ofSecond}`, table: tableOf(second.slice(0, frames[1])) };
  return [
    { name: "clip", description: ofClip, wanted: frames[0], digests: digestsOf(clip, clipFrame) },
    { name, description: ofFirst, wanted: frames[0], digests: digestsOf(first, paintedFrame) },
    { name: "second", description: ofSecond, wanted: frames[1], digests: digestsOf(second, paintedFrame) },
    { name: "table", ...table, digests: [] },
  ];
}

function painted(seed: number, source: readonly number[]): readonly number[] {
  const values: number[] = [];
  for (const value of source) values.push(paintedValue(seed, values.at(-1) ?? seed, value));
  return values;
}

function digestsOf(values: readonly number[], frameOf: (value: number) => StoredArray): readonly string[] {
  return values.map((value) => sha256OfBytes(encodeNpy(frameOf(value))));
}
