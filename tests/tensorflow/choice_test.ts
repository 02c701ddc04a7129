import assert from "node:assert/strict";
import { backends } from "../../lib/engines/tensorflow/backends.ts";
import { openTensorFlowEngine } from "../../lib/engines/tensorflow/tensorflow_engine.ts";
import { withBackend } from "./backends_here.ts";

/** As llvmpipe is to Deno. */
const software = { info: { isFallbackAdapter: true, description: "llvmpipe" } };

await withBackend("webgpu", () => {
  Deno.test("tensorflow takes a graphics adapter that is software by name, and passes over it when it chooses itself", async () => {
    const [webgpu, wasm] = ["webgpu", "wasm"].map((name) =>
      backends.find((backend) => backend.name === name)
    );
    assert.ok(webgpu && wasm);
    Object.defineProperty(navigator, "gpu", {
      configurable: true,
      value: { requestAdapter: () => Promise.resolve(software) },
    });
    try {
      await using chosen = await openTensorFlowEngine({}, [webgpu, wasm]);
      assert.equal(chosen.identity.provider, "wasm");
      await using named = await openTensorFlowEngine({ backend: "webgpu" }, [webgpu, wasm]);
      assert.deepEqual([named.identity.provider, named.identity.device], ["webgpu", "llvmpipe"]);
    } finally {
      Reflect.deleteProperty(navigator, "gpu");
    }
  });
});
