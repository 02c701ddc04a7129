/**
 * Runs the tests of the WebGPU provider on a machine without a GPU: on SwiftShader, Vulkan in software, which the npm package
 * @sparticuz/chromium carries for Linux on x64. A library's folder has to be known before a process begins; hence this program.
 * `METAMER_GPU=1` runs them on the machine's own driver instead.
 */
import { inflate } from "@sparticuz/chromium";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../../../", import.meta.url));

/** Where the system looks for Vulkan, once SwiftShader is unpacked into a folder. */
async function softwareVulkan(folder: string): Promise<Record<string, string>> {
  const bin = new URL("../bin/", import.meta.resolve("@sparticuz/chromium"));
  // It unpacks into the system's folder for temporary files.
  Deno.env.set("TMPDIR", folder);
  await inflate(fileURLToPath(new URL("swiftshader.tar.br", bin)));
  const driver = join(folder, "vk_swiftshader_icd.json");
  return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver };
}

/** Files or folders that were named, else all but the slow ones. */
function chosenTests(): readonly string[] {
  return Deno.args.length > 0 ? Deno.args : ["--ignore=tests/webgpu/slow", "tests/webgpu"];
}

async function runTests(environment: Record<string, string>): Promise<number> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", "--no-prompt", "-P=test", ...chosenTests()],
    cwd: project,
    env: environment,
  }).spawn().status;
  return code;
}

const { os, arch } = Deno.build;
if (Deno.env.get("METAMER_GPU") === "1") Deno.exit(await runTests({}));
if (os !== "linux" || arch !== "x86_64") {
  console.log(`skipped: SwiftShader is for Linux on x64, and this is ${os} ${arch}; METAMER_GPU=1 takes its own driver`);
  Deno.exit(0);
}
const folder = await Deno.makeTempDir({ prefix: "metamer_swiftshader_" });
let code: number;
try {
  code = await runTests(await softwareVulkan(folder));
} finally {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
}
Deno.exit(code);
