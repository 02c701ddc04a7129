import assert from "node:assert/strict";
import { join } from "node:path";
import { describeWeights, findWeights, unofficialWarning } from "../../../lib/models/weights/weights_file.ts";
import { sha256OfBytes, sha256OfFile } from "../../../lib/store/checksum.ts";
import { content, published } from "./published_example.ts";

Deno.test("findWeights() finds a file under any of its names, the published one first", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.equal(await findWeights(published, join(folder, "none")), undefined);
    assert.equal(await findWeights(published, folder), undefined);
    await Deno.writeFile(join(folder, "by_hand.h5"), content);
    assert.equal(await findWeights(published, folder), join(folder, "by_hand.h5"));
    await Deno.writeFile(join(folder, "example.h5"), content);
    assert.equal(await findWeights(published, folder), join(folder, "example.h5"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("describeWeights() tells the published file from another, of another length or not", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, content);
    assert.deepEqual(await describeWeights(published, path, sha256OfFile), {
      sha256: sha256OfBytes(content),
      file: path,
      bytes: content.length,
      official: true,
      source: published.url,
    });
    for (const other of [content.subarray(1), content.map((byte) => byte ^ 1)]) {
      await Deno.writeFile(path, other);
      const digest = await describeWeights(published, path, sha256OfFile);
      assert.deepEqual(digest, {
        sha256: sha256OfBytes(other),
        file: path,
        bytes: other.length,
        official: false,
      });
      assert.match(unofficialWarning("example", digest) ?? "", /not the published weights file of example/);
    }
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("unofficialWarning() says nothing of published files and of models without one", () => {
  assert.equal(unofficialWarning("example", { sha256: "00", file: "example.h5", official: true }), undefined);
  assert.equal(unofficialWarning("steerable", { sha256: "00", official: true }), undefined);
});
