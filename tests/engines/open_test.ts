import assert from "node:assert/strict";
import { openEngine } from "../../lib/engines/open.ts";

Deno.test("openEngine() opens ONNX Runtime unless another engine is asked for", async () => {
  await using byDefault = await openEngine({});
  assert.equal(byDefault.identity.name, "onnxruntime");
  await using reference = await openEngine({ engine: "reference" });
  assert.equal(reference.identity.name, "reference");
});

Deno.test("openEngine() throws a MissingError that says what to do when the library does not load", async () => {
  // A library that may not be loaded stands for one that cannot be.
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", "--allow-env", "tests/engines/print_missing_engine.ts"],
    cwd: new URL("../../", import.meta.url),
  }).output();
  const message = new TextDecoder().decode(stdout);
  assert.match(message, /^MissingError 3 the engine onnxruntime could not be loaded on \w+ \w+: /);
  assert.match(
    message,
    /remove the folder node_modules, then run `npx -y deno@[\d.]+ install` in the project's folder/,
  );
});
