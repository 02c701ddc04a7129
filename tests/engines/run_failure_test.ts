import assert from "node:assert/strict";
import { RunError } from "../../lib/errors.ts";
import { runFailure } from "../../lib/engines/run_failure.ts";

Deno.test("where memory is short or a GPU is lost, the user is told what to do and that nothing finished is lost", () => {
  const reasons: readonly (readonly [reason: string, advice: RegExp])[] = [
    [
      "CUDA failure 2: out of memory ; GPU=0 ; hostname=a ; expr=cudaMalloc((void**)&p, size);",
      /smaller height/,
    ],
    ["Failed to allocate memory for requested buffer of size 1073741824", /smaller height/],
    ["OOM when allocating tensor with shape[1,720,1280,64] and type float", /smaller height/],
    ["CUDA failure 999: unknown error ; GPU=0", /driver has failed/],
    ["WebGPU device lost (1): device was removed", /driver has failed/],
  ];
  for (const [reason, advice] of reasons) {
    const error = runFailure("ONNX Runtime could not compute", reason, new Error(reason));
    assert.ok(error instanceof RunError);
    const [first, second = "", third] = error.message.split("\n");
    assert.equal(first, `ONNX Runtime could not compute: ${reason}`);
    assert.match(second, advice);
    assert.match(third ?? "", /the same command goes on from there/);
  }
});

Deno.test("of any other failure the library's own reason is told, and no guess", () => {
  const error = runFailure("TensorFlow.js could not compute", "Invalid shape", undefined);
  assert.equal(error.message, "TensorFlow.js could not compute: Invalid shape");
});
