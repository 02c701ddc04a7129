import assert from "node:assert/strict";
import { listSupportedBackends } from "onnxruntime-node";
import { providers } from "../../../lib/engines/onnxruntime/providers/providers.ts";
import { openEngine } from "../../../lib/engines/open.ts";
import { builtProviders } from "../../../lib/engines/platforms.ts";

Deno.test("the providers of this platform are those that onnxruntime-node tells of", () => {
  const told = listSupportedBackends().map(({ name }) => name).sort();
  assert.deepEqual(builtProviders(Deno.build).map((name) => providers[name].backend).sort(), told);
});

Deno.test("what libraries round to ten bits is forbidden to NVIDIA's, unless a user says otherwise", () => {
  const name = "NVIDIA_TF32_OVERRIDE";
  const before = Deno.env.get(name);
  Deno.env.delete(name);
  providers.cuda.prepare?.();
  assert.equal(Deno.env.get(name), "0");
  Deno.env.set(name, "1");
  providers.tensorrt.prepare?.();
  assert.equal(Deno.env.get(name), "1");
  if (before === undefined) Deno.env.delete(name);
  else Deno.env.set(name, before);
});

Deno.test("a provider of another platform is missing, and the message says which platforms have it", async () => {
  const elsewhere = Deno.build.os === "darwin" ? "directml" : "coreml";
  await assert.rejects(
    openEngine({ provider: elsewhere }),
    (error) =>
      error instanceof Error && error.name === "MissingError" &&
      error.message.startsWith(`the provider ${elsewhere} is not in ONNX Runtime for `) &&
      /it is built for (macOS on arm64|Windows); here there are cpu, webgpu/.test(error.message),
  );
});
