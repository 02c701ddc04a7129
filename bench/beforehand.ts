/**
 * What would be noticed only after minutes of measuring.
 * @module
 */
import { WorkflowError } from "../lib/errors.ts";
import type { BenchOptions } from "./options.ts";

/** Prints the packages that the interpreter lacks, separated by commas, after a colon. Nothing is imported: TensorFlow takes seconds. */
const lacking =
  `import importlib.util as u; print(":" + ", ".join(n for n in ("tensorflow", "numpy", "h5py") if u.find_spec(n) is None))`;

/** Throws a WorkflowError when a file cannot be written, or when the baseline's interpreter cannot run it. */
export async function checkBeforehand({ json, chart, baseline }: BenchOptions): Promise<void> {
  if (json !== undefined) await requireWritable("--json", json);
  if (chart !== undefined) await requireWritable("--chart", chart);
  if (baseline !== undefined) await requireInterpreter(baseline);
}

/** Leaves a file that is there as it is, and none where none was. */
async function requireWritable(option: string, file: string): Promise<void> {
  try {
    const isNew = await Deno.lstat(file).then(() => false, () => true);
    (await Deno.open(file, { write: true, create: true })).close();
    if (isNew) await Deno.remove(file);
  } catch (error) {
    throw new WorkflowError(`${option} ${file}: it cannot be written: ${messageOf(error)}`);
  }
}

async function requireInterpreter(program: string): Promise<void> {
  const { success, stdout } = await answerOf(program);
  const [, missing] = /^:(.*)$/.exec(new TextDecoder().decode(stdout).trim()) ?? [];
  if (!success || missing === undefined) {
    throw new WorkflowError(`--baseline ${program}: it is no Python interpreter`);
  }
  if (missing !== "") {
    throw new WorkflowError(
      `--baseline ${program}: it has no ${missing}; ${program} -m pip install -r bench/baseline/requirements.txt`,
    );
  }
}

async function answerOf(program: string): Promise<Deno.CommandOutput> {
  try {
    return await new Deno.Command(program, { args: ["-c", lacking] }).output();
  } catch (error) {
    throw new WorkflowError(
      `--baseline ${program}: expected the path of a Python interpreter: ${messageOf(error)}`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
