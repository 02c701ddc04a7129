/**
 * Which frozen file belongs to which workflow.
 * @module
 */
import { basename, dirname, extname, join } from "node:path";
import { WorkflowError } from "../../errors.ts";
import { type Frozen, readFrozen } from "../../versions/frozen.ts";
import { commandLine } from "../invocation.ts";

const ending = ".frozen.json";

/** `workflows/metamer.frozen.json` for `workflows/metamer.yaml`. */
export function frozenPath(workflow: string): string {
  return join(dirname(workflow), basename(workflow, extname(workflow)) + ending);
}

/** A registration and the workflow that it is of. */
export interface Registration {
  readonly frozen: Frozen;
  /** The frozen file. */
  readonly path: string;
  /** The workflow. */
  readonly workflow: string;
}

/**
 * The registration that a frozen file holds, or the one that lies beside a workflow. Throws WorkflowError when there is none,
 * RunError when it was changed.
 */
export async function openRegistration(file: string): Promise<Registration> {
  const isFrozenFile = file.endsWith(".json");
  const path = isFrozenFile ? file : frozenPath(file);
  const frozen = await readFrozen(path);
  if (frozen !== undefined) {
    return { frozen, path, workflow: isFrozenFile ? join(dirname(path), frozen.file) : file };
  }
  throw new WorkflowError(
    isFrozenFile
      ? `${path}: error: there is no such frozen file`
      : `--frozen: error: ${file} is not frozen, for there is no ${path}; freeze it, or name its frozen file instead of it:\n` +
        `  ${commandLine(["freeze", file])}`,
  );
}
