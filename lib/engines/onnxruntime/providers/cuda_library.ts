/**
 * The libraries of ONNX Runtime's providers for CUDA and TensorRT: they are no part of the npm package, whose `postinstall`
 * script fetches them, and Deno runs no such scripts unless it is told to.
 * @module
 */
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { MissingError } from "../../../errors.ts";

/** Where the libraries of onnxruntime-node lie on this platform. */
function libraryFolder(): string {
  const index = createRequire(import.meta.url).resolve("onnxruntime-node");
  const { arch } = Deno.build;
  return join(dirname(index), "..", "bin", "napi-v6", "linux", arch === "x86_64" ? "x64" : "arm64");
}

/** Fetches them, in Metamer's folder. Deno remembers that the script ran, also where it failed, for which it says nothing. */
const fetchLibraries = `npx -y deno@${Deno.version.deno} install --allow-scripts=npm:onnxruntime-node`;

const fetchAgain = `npx -y deno@${Deno.version.deno} run -A node_modules/onnxruntime-node/script/install.js`;

/**
 * Throws MissingError when the library of a provider is not there, or does not load, with the system's own reason.
 * @param provider "cuda" or "tensorrt"
 */
export async function requireCudaLibrary(provider: "cuda" | "tensorrt"): Promise<void> {
  const path = join(libraryFolder(), `libonnxruntime_providers_${provider}.so`);
  const isThere = await Deno.stat(path).then(() => true, () => false);
  if (!isThere) {
    throw new MissingError(
      `the provider ${provider} is not on this machine: its library ${
        basename(path)
      } is no part of the npm package ` +
        `onnxruntime-node, whose install script fetches it\n  ${fetchLibraries}\n` +
        `in Metamer's folder, and, should that change nothing, ${fetchAgain}`,
    );
  }
  const reason = whyNotLoaded(path);
  if (reason === undefined) return;
  const needed = provider === "cuda" ? "CUDA and cuDNN" : "CUDA, cuDNN and TensorRT";
  throw new MissingError(
    `the provider ${provider} is on this machine, and its library does not load: ${reason}\n` +
      `It needs the libraries of ${needed} in the versions that their names end in, in a folder of LD_LIBRARY_PATH or of ` +
      "ldconfig, and NVIDIA's driver (libcuda.so.1); docs/engines.md says which, and has a container with all of them.",
  );
}

/** "libcudart.so.13: cannot open shared object file"; undefined where the library loads. ONNX Runtime itself does not tell. */
function whyNotLoaded(path: string): string | undefined {
  try {
    Deno.dlopen(path, {}).close();
    return undefined;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return text.replaceAll("Could not open library: ", "");
  }
}
