/**
 * Snakemake and DVC from PyPI, in a virtual environment of their own that is kept between calls.
 * @module
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256OfBytes } from "../../lib/store/checksum.ts";

/** Where the programs are, or why there are none. */
export type PythonPrograms = { readonly folder: string; readonly missing?: never } | {
  readonly folder?: never;
  readonly missing: string;
};

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** Installs them if they are not there: some 320 MB, in about a minute. */
export async function pythonPrograms(): Promise<PythonPrograms> {
  const caches = Deno.env.get("XDG_CACHE_HOME") || join(homedir(), ".cache");
  const wanted = sha256OfBytes(await Deno.readFile(requirements)).slice(0, 16);
  const environment = join(caches, "metamer-tests", `schedulers-${wanted}`);
  const whole = join(environment, "whole");
  const folder = join(environment, "bin");
  if (existsSync(whole)) return { folder };

  const python = await newPython();
  if (python === undefined) return { missing: "there is no Python from 3.11 on, which Snakemake 9 needs" };
  await Deno.mkdir(caches, { recursive: true });
  const steps = [
    [python, "-m", "venv", "--clear", environment],
    [join(folder, "pip"), "install", "--quiet", "--requirement", requirements],
  ];
  for (const step of steps) {
    const { success, said } = await told(step);
    if (!success) return { missing: `they cannot be installed: ${said.trim().split("\n").at(-1)}` };
  }
  await Deno.writeTextFile(whole, "");
  return { folder };
}

async function newPython(): Promise<string | undefined> {
  const check = "import sys; sys.exit(sys.version_info < (3, 11))";
  for (const name of ["python3", "python3.13", "python3.12", "python3.11"]) {
    if ((await told([name, "-c", check])).success) return name;
  }
  return undefined;
}

async function told([program = "", ...args]: readonly string[]) {
  try {
    const { success, stderr } = await new Deno.Command(program, { args, stdout: "null" }).output();
    return { success, said: new TextDecoder().decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { success: false, said: `there is no ${program}` };
    throw error;
  }
}
