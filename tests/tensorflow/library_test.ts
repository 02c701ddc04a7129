import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../tensorflow/", import.meta.url));

/** What we call of the library, as types; only beside its packages are its own at hand. */
const comparison = `
import type * as tf from "@tensorflow/tfjs";
import type { TensorFlow } from "../lib/engines/tensorflow/library.ts";

/** What fits wherever a tensor is taken, however many axes it must have. */
type OfAnyRank = tf.Tensor1D & tf.Tensor3D & tf.Tensor4D;

/** The library takes lists that it might write to, and does not. */
type Writable<T> = T extends tf.Tensor ? T
  : T extends readonly unknown[] ? { -readonly [I in keyof T]: Writable<T[I]> }
  : T;

type Called = {
  [K in keyof TensorFlow]: (
    ...given: Writable<Parameters<TensorFlow<OfAnyRank>[K]>>
  ) => ReturnType<TensorFlow<tf.Tensor>[K]>;
};

declare const library: typeof tf;
export const called: Called = library;
`;

Deno.test({
  name: "what we know of TensorFlow.js agrees with its own types",
  ignore: !existsSync(`${folder}/node_modules/@tensorflow/tfjs`),
  async fn() {
    const file = await Deno.makeTempFile({ dir: folder, suffix: ".ts" });
    try {
      await Deno.writeTextFile(file, comparison);
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["check", "--quiet", "--no-config", "--no-lock", "--node-modules-dir=manual", file],
        cwd: folder,
      }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
    } finally {
      await Deno.remove(file);
    }
  },
});
