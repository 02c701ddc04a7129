/**
 * Writes down what a workflow is going to make, for a preregistration.
 * @module
 */
import { dirname, relative, resolve } from "node:path";
import { RunError } from "../../errors.ts";
import { cannotWrite, durableWrite } from "../../store/durable_write.ts";
import { type Frozen, readFrozen, withHash } from "../../versions/frozen.ts";
import { specify } from "../../versions/specify.ts";
import { specified } from "../plan/specified.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { softwareHere } from "./software.ts";

/** What would stand in a frozen file at this path. */
export async function freezePlan(plan: WorkflowPlan, path: string): Promise<Frozen> {
  const { loaded, instances } = plan;
  const folder = dirname(path);
  const { workflow: { run: _, ...workflow }, ...specification } = specify(specified(plan), folder);
  return withHash({
    v: 1,
    file: relative(resolve(folder), resolve(loaded.path)),
    // How machines are used is nobody's registration.
    specification: { ...specification, workflow },
    analyses: instances.filter(({ artifact }) => artifact.made === "table").map(({ name }) => name),
    software: await softwareHere(),
  });
}

/** Writes a frozen file, never over another registration. Throws RunError when there is one, or it cannot be written. */
export async function writeFrozen(path: string, frozen: Frozen): Promise<void> {
  const before = await readFrozen(path);
  if (before?.hash === frozen.hash) return;
  if (before !== undefined) {
    throw new RunError(
      `${path} holds another registration already (${before.hash}); move it away, or write elsewhere with --to`,
    );
  }
  try {
    await durableWrite(path, JSON.stringify(frozen, undefined, 2) + "\n");
  } catch (error) {
    throw cannotWrite(path, error, "--to");
  }
}
