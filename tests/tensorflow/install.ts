/**
 * Installs TensorFlow.js for its tests as its users do, into the folder `tensorflow`, but for TensorFlow's own library: what
 * npm's package fetches lies where not every machine may reach. It is taken out of PyPI's package for Python, which carries
 * library and headers, and the addon is built against it by Node.js's own tool. A second call finds all of it.
 *
 * What cannot be had is said, and its tests are skipped: it ends with 0.
 * @module
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { backends, library, version } from "../../lib/engines/tensorflow/backends.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(project, "tensorflow");
const packages = join(folder, "node_modules");

/** The last version of which the addon's code is, with what it takes of it. */
const wheel = {
  name: "tensorflow-cpu",
  version: "2.15.1",
  python: "3.11",
  platform: "manylinux_2_17_x86_64",
};

async function installPackages(): Promise<void> {
  const wanted = [library, ...backends.flatMap((backend) => backend.package ?? [])]
    .filter((name) => !name.endsWith("-gpu"));
  if (wanted.every((name) => existsSync(join(packages, name, "package.json")))) return;
  // Without scripts: that of tfjs-node fetches the library.
  await run("npm", [
    ...["install", "--prefix", folder, "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund"],
    ...wanted.map((name) => `${name}@${version}`),
  ]);
}

async function buildAddon(): Promise<void> {
  const addon = join(packages, "@tensorflow/tfjs-node");
  const built = join(addon, "lib/napi-v8/tfjs_binding.node");
  // A link's file is gone where the folder was moved.
  if (existsSync(built) && existsSync(join(addon, "deps/lib/libtensorflow_cc.so.2"))) return;
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64") {
    throw new Error("it is built on Linux on x64 alone");
  }
  const carried = await unpackLibrary();
  const libraries = join(addon, "deps/lib");
  await Deno.mkdir(libraries, { recursive: true });
  const links = {
    "libtensorflow.so": "libtensorflow_cc.so.2",
    "libtensorflow_cc.so.2": "libtensorflow_cc.so.2",
    "libtensorflow_framework.so": "libtensorflow_framework.so.2",
    "libtensorflow_framework.so.2": "libtensorflow_framework.so.2",
  };
  for (const [link, file] of Object.entries(links)) await relink(join(carried, file), join(libraries, link));
  await relink(join(carried, "include"), join(addon, "deps/include"));
  const node = dirname(dirname(await output("node", ["--print", "process.execPath"])));
  const headers = existsSync(join(node, "include/node/node_api.h")) ? [`--nodedir=${node}`] : [];
  // npm has the tool on the path of what it runs.
  await run("npm", [
    ...["explore", "@tensorflow/tfjs-node", "--prefix", folder, "--", "node-gyp", "rebuild", ...headers],
    ...["--module_name=tfjs_binding", `--module_path=${dirname(built)}`, "--napi_build_version=8"],
  ]);
}

/** Of Python's package the library and the headers of its interface for C; the folder that they are in. */
async function unpackLibrary(): Promise<string> {
  const place = join(folder, `${wheel.name}-${wheel.version}`);
  const unpacked = join(place, "tensorflow");
  if (existsSync(join(unpacked, "libtensorflow_framework.so.2"))) return unpacked;
  const downloads = await Deno.makeTempDir();
  try {
    await run("python3", [
      ...["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", downloads],
      ...["--python-version", wheel.python, "--platform", wheel.platform, `${wheel.name}==${wheel.version}`],
    ]);
    await run("python3", ["-c", unpacking, downloads, place]);
  } finally {
    await Deno.remove(downloads, { recursive: true });
  }
  return unpacked;
}

/** The framework's library comes last: with it all is there. */
const unpacking = `
import glob, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0])
wanted = ("tensorflow/include/tensorflow/c/", "tensorflow/include/tensorflow/core/platform/", "tensorflow/include/tsl/",
          "tensorflow/libtensorflow_")
names = [name for name in wheel.namelist() if name.startswith(wanted)]
wheel.extractall(sys.argv[2], sorted(names, key=lambda name: "framework" in name))
`;

async function relink(target: string, link: string): Promise<void> {
  await Deno.remove(link).catch(() => {});
  await Deno.symlink(target, link);
}

async function attempt(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(
      `${what} cannot be had here, and its tests are skipped: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
}

async function run(program: string, args: readonly string[]): Promise<void> {
  await output(program, args);
}

/** What a program prints; throws an Error with what it complains of. */
async function output(program: string, args: readonly string[]): Promise<string> {
  const command = new Deno.Command(program, { args: [...args], cwd: project, stdin: "null" });
  const { success, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new Error(
      `${program} ${args[0]}: ${decoder.decode(stderr).trim().split("\n").slice(-5).join("\n")}`,
    );
  }
  return decoder.decode(stdout).trim();
}

await attempt("TensorFlow.js", installPackages);
await attempt("the addon of tfjs-node", buildAddon);
