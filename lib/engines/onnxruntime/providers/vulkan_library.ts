/**
 * Vulkan's loader, by which WebGPU finds graphics drivers on Linux. Without it the library that implements WebGPU writes warnings of
 * its own to the terminal, so it is looked for before.
 * @module
 */
import { join } from "node:path";
import { MissingError } from "../../../errors.ts";

const library = "libvulkan.so.1";

/** Throws MissingError when it is nowhere that Linux looks for libraries; elsewhere there is nothing to look for. */
export async function requireVulkan(): Promise<void> {
  if (Deno.build.os !== "linux" || await isInLoadersCache()) return;
  // The second is where the program has put it aside (cli/loader_variables.ts).
  const named = ["LD_LIBRARY_PATH", "METAMER_LIBRARY_PATH"].flatMap((name) =>
    Deno.env.get(name)?.split(":") ?? []
  );
  for (const folder of [...named, "/lib", "/usr/lib", "/lib64", "/usr/lib64"]) {
    if (await Deno.stat(join(folder, library)).then(() => true, () => false)) return;
  }
  throw new MissingError(
    `the provider webgpu needs Vulkan, and its loader (${library}) is not on this machine: install it and your GPU's driver ` +
      "(sudo apt-get install libvulkan1, with mesa-vulkan-drivers for AMD and Intel, NVIDIA's own driver for NVIDIA)",
  );
}

/** The names of all libraries of the usual folders stand in it. */
async function isInLoadersCache(): Promise<boolean> {
  const cache = await Deno.readFile("/etc/ld.so.cache").catch(() => new Uint8Array());
  return new TextDecoder("latin1").decode(cache).includes(library);
}
