import assert from "node:assert/strict";
import { framePath, instanceFolderName } from "../../lib/store/layout.ts";

Deno.test("framePath() numbers output frames with six digits and padding with m and four", () => {
  assert.equal(framePath(12), "frames/000012.npy");
  assert.equal(framePath(-4), "padding/m0004.npy");
});

Deno.test("instanceFolderName() makes a folder of a stage with a matrix, and refuses no name", () => {
  assert.equal(instanceFolderName("metamer"), "metamer");
  assert.equal(instanceFolderName("metamer[clip=street,seed=2]"), "metamer/clip=street,seed=2");
  assert.equal(instanceFolderName("m[clip=../a:b*]"), "m/clip=..%2Fa%3Ab%2A");
  assert.equal(instanceFolderName(".."), "%2E%2E");
});
