/**
 * Workflows for tests of plans: one synthesis of two clips, with values to change.
 */
import { type KeyedInstance, keyInstances } from "../../lib/plan/keyed_instances.ts";
import { selectInstances } from "../../lib/plan/selection.ts";
import { loadGood } from "../workflow/language.ts";

/** A workflow; `stage` are the settings of its synthesis, as flow YAML without braces. */
export function synthesisOf(stage: string, { clip = "street_64x96_12.mp4", name = "out" } = {}): string {
  return `
metamer: 1
videos:
  clip: { file: ${clip} }
  other: { file: other_64x96_30.mp4 }
stages:
  ${name}: { kind: synthesis, targets: { spatial_texture: clip, temporal_texture: other }, ${stage} }
`;
}

const digests = new Map(
  ["vgg19", "msoe"].map((name) => [name, { sha256: `sha256 of ${name}`, official: true }]),
);

/** The keyed instances of a workflow. */
export async function keyed(
  text: string,
  { only, frames, weights = digests }: {
    readonly only?: readonly string[];
    readonly frames?: number;
    readonly weights?: typeof digests;
  } = {},
): Promise<readonly KeyedInstance[]> {
  const { inspected } = await loadGood({ "main.yaml": text }, frames === undefined ? {} : { frames });
  return keyInstances(selectInstances(inspected, only).selected, weights);
}

/** The last instance: what the others are for. */
export async function keyedLast(...request: Parameters<typeof keyed>): Promise<KeyedInstance> {
  const last = (await keyed(...request)).at(-1);
  if (last === undefined) throw new Error("a workflow without instances");
  return last;
}
