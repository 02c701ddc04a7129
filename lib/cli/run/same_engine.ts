/**
 * `run --same-engine`: results that were computed, or begun, under other conditions than this run's are not used. Equal
 * conditions give equal bits; the engine is in no key.
 * @module
 */
import type { EngineIdentity, EngineOptions } from "../../engines/engine.ts";
import { openEngine } from "../../engines/open.ts";
import { WorkflowError } from "../../errors.ts";
import { engineConditions, engineFields } from "../../store/engine_conditions.ts";
import { enginesUsed, type EngineUse } from "../../store/engines_used.ts";
import { instancePaths, remakePaths } from "../../store/layout.ts";
import { type LockHolder, tryLock } from "../../store/lock.ts";
import { abandonRemake } from "../../store/remake.ts";
import { inParallel } from "../in_parallel.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";

/** What would compute now. Opens the engine; throws MissingError when it is not on this machine. */
export async function identityOf(options: EngineOptions): Promise<EngineIdentity> {
  await using engine = await openEngine(options);
  return engine.identity;
}

/**
 * Throws WorkflowError when a result would be used that others computed. What `--force` makes again and others have begun
 * is begun anew.
 */
export async function requireSameEngine(
  plan: WorkflowPlan,
  options: EngineOptions,
  me: LockHolder,
): Promise<void> {
  const now = await identityOf(options);
  await refuseOthers(plan, now);
  for (const { key, remake } of plan.instances) {
    const paths = instancePaths(plan.loaded.runs, key);
    if (remake !== "asked" || !(await enginesUsed(remakePaths(paths))).some((use) => differs(use, now))) {
      continue;
    }
    const attempt = await tryLock(paths.lock, me);
    // Who holds it is making it: then this run waits for them.
    if (!("lock" in attempt)) continue;
    await using _lock = attempt.lock;
    await abandonRemake(paths);
  }
}

/** Throws WorkflowError that names the results of other engines, in what they differ, and what can be done. */
export async function refuseOthers(
  { instances, loaded: { runs } }: WorkflowPlan,
  now: EngineIdentity,
): Promise<void> {
  const found = await inParallel(instances, async ({ name, key, remake }) => {
    if (remake === "asked") return [];
    const paths = instancePaths(runs, key);
    const uses = await enginesUsed(remake === "begun" ? remakePaths(paths) : paths);
    return uses.filter((use) => differs(use, now)).map((use) => ({ name, text: describeUse(use, now) }));
  });
  const others = found.flat();
  if (others.length === 0) return;
  const names = [...new Set(others.map(({ name }) => name))];
  throw new WorkflowError([
    "--same-engine: error: these were computed, or begun, under other conditions than this run's:",
    ...others.map(({ name, text }) => `  ${name}: ${text}`),
    `use them without --same-engine, or make them again: ${names.map((name) => `--force ${name}`).join(" ")}`,
  ].join("\n"));
}

function differs({ engine }: EngineUse, now: EngineIdentity): boolean {
  return differences(engine, now).length > 0;
}

function differences(then: EngineIdentity, now: EngineIdentity): readonly string[] {
  return engineFields.filter((field) => then[field] !== now[field])
    .map((field) => `${engineConditions[field]} ${then[field]}, now ${now[field]}`);
}

/** "3 frames with threads 4, now 2" */
function describeUse({ frames, engine }: EngineUse, now: EngineIdentity): string {
  const what = frames === 0 ? "" : `${frames} ${frames === 1 ? "frame" : "frames"} `;
  return `${what}with ${differences(engine, now).join("; ")}`;
}
