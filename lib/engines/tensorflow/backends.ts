/**
 * What TensorFlow.js computes with, and which packages have it.
 * @module
 */
import type { BackendChoice } from "../engine.ts";

/** The version of every package, of which the numbers in docs/engines.md are. */
export const version = "4.22.0";

/** All have it, and with the others it is one library. */
export const library = "@tensorflow/tfjs";

/** Something that TensorFlow.js computes with. */
export interface Backend {
  readonly name: Exclude<BackendChoice, "auto">;
  /** Under which TensorFlow.js has it. */
  readonly registeredAs: "tensorflow" | "webgpu" | "wasm" | "cpu";
  /** The package that has it beside the library; the library itself has the last one. */
  readonly package?: string;
  /** It calls TensorFlow's own library, which is native code. */
  readonly isNative: boolean;
}

/** In the order in which they are tried. */
export const backends: readonly Backend[] = [
  {
    name: "node-gpu",
    registeredAs: "tensorflow",
    package: "@tensorflow/tfjs-node-gpu",
    isNative: true,
  },
  { name: "node", registeredAs: "tensorflow", package: "@tensorflow/tfjs-node", isNative: true },
  {
    name: "webgpu",
    registeredAs: "webgpu",
    package: "@tensorflow/tfjs-backend-webgpu",
    isNative: false,
  },
  { name: "wasm", registeredAs: "wasm", package: "@tensorflow/tfjs-backend-wasm", isNative: false },
  { name: "cpu", registeredAs: "cpu", isNative: false },
];

/**
 * The line that installs what a backend needs into the folder `tensorflow` of the project. It is npm's: Deno's own would
 * write the packages into this project's lock file, and would not run what fetches TensorFlow's library.
 */
export function installLine(backend: Backend): string {
  const packages = [library, ...(backend.package === undefined ? [] : [backend.package])];
  return `npm install --prefix tensorflow --save-exact ${
    packages.map((name) => `${name}@${version}`).join(" ")
  }`;
}
