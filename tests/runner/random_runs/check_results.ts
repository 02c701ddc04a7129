/** What must be true when a run has ended well. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { PlannedInstance } from "../../../lib/plan/planned_instance.ts";
import { sha256OfBytes, sha256OfFile } from "../../../lib/store/checksum.ts";
import { framePath, instancePaths } from "../../../lib/store/layout.ts";
import { type Manifest, readManifest } from "../../../lib/store/manifest.ts";
import { type Expected, expectedOf } from "./expected.ts";
import { type Edited, plan, type Workplace } from "./workplace.ts";

/** Throws an AssertionError unless all that is wanted is there with the right bytes, and the next plan takes it as it is. */
export async function checkResults(place: Workplace, edited: Edited): Promise<void> {
  const { instances } = await plan(place);
  for (const expected of expectedOf(edited)) {
    const instance = instances.find(({ name }) => name === expected.name);
    assert.ok(instance, expected.name);
    assert.equal(instance.status, "cached", expected.name);
    const { folder, manifest: path } = instancePaths(place.runs, instance.key);
    const manifest = await readManifest(path);
    assert.ok(manifest, `${expected.name} has no manifest`);
    checkManifest(manifest, instance, expected);
    for (let frame = 0; frame < (expected.wanted ?? 0); frame++) {
      const found = await sha256OfFile(join(folder, framePath(frame)));
      assert.equal(found, expected.digests[frame], `frame ${frame} of ${expected.name}`);
    }
    if (expected.table !== undefined) {
      assert.equal(await Deno.readTextFile(join(folder, "table.csv")), expected.table);
    }
  }
}

/** It may have more frames than are wanted now. */
function checkManifest(
  manifest: Manifest,
  { name, key, kind, inputs }: PlannedInstance,
  { wanted, digests, table }: Expected,
): void {
  assert.deepEqual([manifest.key, manifest.kind], [key, kind], name);
  assert.deepEqual(manifest.inputs.map(({ key }) => key), inputs.map(({ key }) => key), name);
  const found = Object.fromEntries(manifest.outputs.map(({ path, sha256 }) => [path, sha256]));
  if (wanted === undefined) {
    assert.deepEqual(Object.keys(found).sort(), ["summary.json", "table.csv"]);
    assert.equal(found["table.csv"], sha256OfBytes(table ?? ""));
    return;
  }
  const frames = manifest.outputs.length;
  assert.equal(manifest.video?.frames, frames, `${name}: the manifest lists its frames`);
  assert.ok(frames >= wanted, `${name}: the manifest has ${frames} of ${wanted} frames`);
  const right = digests.slice(0, frames).map((sha256, frame) => [framePath(frame), sha256]);
  assert.deepEqual(found, Object.fromEntries(right), `${name}: the manifest has the right digests`);
}
