import assert from "node:assert/strict";
import { MissingError, RunError } from "../../lib/errors.ts";
import { packError, unpackError } from "../../lib/runner/messages.ts";

/** Something whose device is lost: it cannot be closed any more. */
function lost(): Disposable {
  return {
    [Symbol.dispose]() {
      throw new Error("release: no such session");
    },
  };
}

Deno.test("of a failure after which something could not be closed, the failure crosses, for the user to read", () => {
  const failing = () => {
    using _first = lost();
    using _second = lost();
    throw new RunError("ONNX Runtime could not compute: out of memory");
  };
  let caught: unknown;
  try {
    failing();
  } catch (error) {
    caught = error;
  }
  assert.ok(caught instanceof SuppressedError);
  assert.deepEqual(packError(caught), { kind: "run", text: "ONNX Runtime could not compute: out of memory" });
});

Deno.test("users' errors keep their class on their way out of a worker", () => {
  const crossed = unpackError(packError(new MissingError("no GPU")));
  assert.ok(crossed instanceof MissingError);
  assert.equal(crossed.message, "no GPU");
});
