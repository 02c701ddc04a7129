/** Weights that a person has to fetch, and of which no checksum is published. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { kittiStacks } from "../../../lib/models/prednet/architecture.ts";
import { prednetKitti } from "../../../lib/models/prednet/entry.ts";
import { describeWeights, unofficialWarning } from "../../../lib/models/weights/weights_file.ts";
import { inspectWeights } from "../../../lib/models/weights/weights_state.ts";
import { sha256OfBytes, sha256OfFile } from "../../../lib/store/checksum.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { prednetArrays, prednetFile } from "../prednet/prednet_file.ts";

const { weights } = prednetKitti;

/** A folder with weights in it, and beside them what the user wrote down. */
async function folderWith(bytes: Uint8Array, written?: string) {
  const folder = await temporaryFolder();
  const path = join(folder.path, weights.fileName);
  await Deno.writeFile(path, bytes);
  if (written !== undefined) await Deno.writeTextFile(`${path}.sha256`, written);
  return { path, folder: folder.path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const bytes = await prednetFile(prednetArrays(kittiStacks));
const sha256 = sha256OfBytes(bytes);

for (
  const { situation, written } of [
    { situation: "as sha256sum writes it", written: `${sha256}  prednet_kitti_weights.hdf5\n` },
    { situation: "alone", written: sha256 },
    { situation: "in capitals, with Windows' line end", written: `${sha256.toUpperCase()}\r\n` },
  ]
) {
  Deno.test(`weights whose checksum the user keeps beside them are checked, and nobody's claim that they are official (${situation})`, async () => {
    await using place = await folderWith(bytes, written);
    const digest = await describeWeights(weights, place.path, sha256OfFile);
    assert.deepEqual(digest, {
      ...{ sha256, file: place.path, bytes: bytes.length },
      ...{ official: false, checked: true },
    });
    assert.equal(unofficialWarning("prednet_kitti", digest, weights), undefined);
    assert.partialDeepStrictEqual(await inspectWeights(prednetKitti, place.folder, { opens: true }), {
      state: "checked",
    });
  });
}

Deno.test("weights without a checksum are used, recorded as not official, and the warning says where to keep it", async () => {
  await using place = await folderWith(bytes);
  const digest = await describeWeights(weights, place.path, sha256OfFile);
  assert.equal(digest.official, false);
  assert.equal(digest.source, undefined);
  assert.equal(
    unofficialWarning("prednet_kitti", digest, weights),
    `no checksum of the weights of prednet_kitti is published; ${place.path} (sha256 ${sha256}) is used and recorded as not ` +
      `official. To have it compared, keep its checksum in ${place.path}.sha256`,
  );
});

for (
  const { situation, written, says } of [
    { situation: "is of other bytes", written: "0".repeat(64), says: "0".repeat(64) },
    { situation: "is empty", written: "\n", says: "nothing" },
  ]
) {
  Deno.test(`weights are not used when the checksum beside them ${situation}`, async () => {
    await using place = await folderWith(bytes, written);
    const message = `its sha256 is ${sha256}, but ${place.path}.sha256 says ${says} ` +
      "(correct that file, if it is the wrong one)";
    await assert.rejects(describeWeights(weights, place.path, sha256OfFile), { name: "RunError", message });
    assert.deepEqual(await inspectWeights(prednetKitti, place.folder, { opens: true }), {
      ...{ state: "damaged", path: place.path, reason: message },
    });
  });
}

Deno.test("the weights of a PredNet of other channels are not those of prednet_kitti", async () => {
  await using place = await folderWith(await prednetFile(prednetArrays([3, 4])));
  assert.deepEqual(await inspectWeights(prednetKitti, place.folder, { opens: true }), {
    state: "damaged",
    path: place.path,
    reason:
      "prednet_kitti_weights.hdf5: a PredNet of 3, 4 channels by level, and prednet_kitti has 3, 48, 96, 192; " +
      "name the file of another PredNet in the stage (weights: FILE)",
  });
});
