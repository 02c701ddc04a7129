/** Whatever can be compared is compared with whatever can: files, results, manifests and frozen files. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { loadWorkflow, planWorkflow, runWorkflow } from "../../../mod.ts";
import { readSide } from "../../../lib/cli/diff/side.ts";
import { freezePlan, writeFrozen } from "../../../lib/cli/freeze/freeze.ts";
import { compareSpecifications, isEqual } from "../../../lib/versions/compare.ts";
import { tinyWorkflow } from "../../program/program.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const quick = tinyWorkflow.replace("iterations: 20", "iterations: 2").replace("frames: 4", "frames: 1");

/** A workflow that was frozen and run, and all that tells of it. */
async function finished() {
  const folder = await temporaryFolder();
  const at = (...names: string[]) => join(folder.path, ...names);
  const read = new Map<string, ReturnType<typeof readSide>>();
  const side = (path: string) => read.getOrInsertComputed(path, () => readSide(path, { out: at("runs") }));
  await Deno.writeTextFile(at("w.yaml"), quick);
  const plan = await planWorkflow(await loadWorkflow(at("w.yaml"), { out: at("runs") }));
  await writeFrozen(at("w.frozen.json"), await freezePlan(plan, at("w.frozen.json")));
  await runWorkflow(plan);
  await Deno.writeTextFile(at("edited.yaml"), quick.replace("padding: 1", "padding: 2"));
  return {
    whole: {
      workflow: at("w.yaml"),
      results: at("runs", "w"),
      frozen: at("w.frozen.json"),
      specification: at("runs", "w", "specification.json"),
    },
    ofOne: {
      manifest: at("runs", "w", "stages", "tiny", "manifest.json"),
      instance: at("runs", "w", "stages", "tiny"),
    },
    edited: at("edited.yaml"),
    /** Reads each once. */
    async compare(from: string, to: string) {
      const [one, other] = [await side(from), await side(to)];
      return compareSpecifications(one.specification, other.specification);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

Deno.test("diff compares files, results, manifests and frozen files, each with each", async (test) => {
  await using place = await finished();
  const sides = Object.entries({ ...place.whole, ...place.ofOne });
  for (const [one, from] of sides) {
    await test.step(`a ${one} is the same as all others`, async () => {
      for (const [other, to] of sides) {
        const comparison = await place.compare(from, to);
        assert(isEqual(comparison), `${one} and ${other}: ${JSON.stringify(comparison)}`);
        assert.equal(comparison.same, 2, `${one} and ${other}`);
      }
    });
    await test.step(`an edit since is told of a ${one}, in both directions`, async () => {
      const path = "stages.tiny.padding.frames";
      const { settings, instances } = await place.compare(from, place.edited);
      assert.deepEqual(settings, [{ path, from: 1, to: 2 }]);
      assert.deepEqual(instances.map(({ change, name }) => `${change} ${name}`), ["changed tiny"]);
      assert.deepEqual((await place.compare(place.edited, from)).settings, [{ path, from: 2, to: 1 }]);
    });
  }
  await test.step("damage is told, and what mends it", async () => {
    const { ofOne: { manifest }, whole: { specification, results } } = place;
    for (const path of [manifest, specification]) {
      await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace('"padding"', '"paddinh"'));
    }
    const message = /json is damaged: its checksum does not hold: .*; running its workflow again mends it$/;
    for (const side of [manifest, specification, results]) {
      await assert.rejects(readSide(side, {}), { name: "RunError", message });
    }
  });
});
