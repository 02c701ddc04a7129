import assert from "node:assert/strict";
import { backends } from "../../../lib/engines/tensorflow/backends.ts";
import { MissingBackendError, project } from "../../../lib/engines/tensorflow/load.ts";

const [gpu] = backends;
assert.ok(gpu);

const line =
  "`npm install --prefix tensorflow --save-exact @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-node-gpu@4.22.0`";

Deno.test("whoever lacks a package is told the line that installs it; where it is broken, npm has to begin anew", () => {
  const lastLine = (packages: "absent" | "broken") =>
    new MissingBackendError(gpu, packages, "no addon").message.split("\n").at(-1);
  assert.equal(lastLine("absent"), `To install it, in ${project}: ${line}`);
  assert.equal(
    lastLine("broken"),
    `To install it again, in ${project}: remove the folder tensorflow, then ${line}`,
  );
});

Deno.test("where all packages are there and no GPU is, nobody is told to install them", () => {
  const { message } = new MissingBackendError(gpu, "whole", "TensorFlow's library finds no GPU");
  assert.match(message, /finds no GPU\nIt needs .* an NVIDIA GPU/);
  assert.doesNotMatch(message, /npm/);
});
