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

/** A provider whose library has to be fetched. */
type Fetched = "cuda" | "tensorrt";

function libraryOf(provider: Fetched): string {
  return join(libraryFolder(), `libonnxruntime_providers_${provider}.so`);
}

/** Throws MissingError when the library of a provider is not there, with the line that fetches it. */
export async function requireCudaLibrary(provider: Fetched): Promise<void> {
  const path = libraryOf(provider);
  if (await Deno.stat(path).then(() => true, () => false)) return;
  throw new MissingError(
    `the provider ${provider} is not on this machine: its library ${
      basename(path)
    } is no part of the npm package ` +
      `onnxruntime-node, whose install script fetches it\n  ${fetchLibraries}\n` +
      `in Metamer's folder, and, should that change nothing, ${fetchAgain}\n` +
      "It fetches from api.nuget.org, and says nothing where that cannot be reached.",
  );
}

/**
 * What keeps the library of a provider from loading, in words; undefined where that is something else. ONNX Runtime, which was
 * asked first, does not tell: it only says that it could not.
 */
export function whyNotLoaded(provider: Fetched): string | undefined {
  const reason = loadingProblem(libraryOf(provider));
  if (reason === undefined) return undefined;
  const needed = provider === "cuda" ? "CUDA and cuDNN" : "CUDA, cuDNN and TensorRT";
  return `the provider ${provider} is on this machine, and its library does not load: ${reason}\n` +
    `It needs the libraries of ${needed} in the versions that their names end in, in a folder of LD_LIBRARY_PATH or of ` +
    "ldconfig, and NVIDIA's driver (libcuda.so.1); docs/engines.md says which, and has a container with all of them.";
}

/** "libcudart.so.13: cannot open shared object file" */
function loadingProblem(path: string): string | undefined {
  try {
    Deno.dlopen(path, {}).close();
    return undefined;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    // Only ONNX Runtime can give it that; all that it needs beside is there.
    if (text.includes("Provider_GetHost")) return undefined;
    return text.replaceAll("Could not open library: ", "");
  }
}
