import assert from "node:assert/strict";
import { isTensorFlow, missingFunctions } from "../../../lib/engines/tensorflow/library.ts";

Deno.test("a module that lacks functions of TensorFlow.js is not taken for it, and they are named", () => {
  const complete = Object.fromEntries(missingFunctions({}).map((name) => [name, () => {}]));
  assert.ok(isTensorFlow(complete));
  const { conv2d: _, ...lacking } = complete;
  assert.ok(!isTensorFlow(lacking));
  assert.deepEqual(missingFunctions({ ...lacking, erf: "a text" }), ["erf", "conv2d"]);
  assert.ok(!isTensorFlow(undefined));
});
