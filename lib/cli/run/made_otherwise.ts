/**
 * Results that are used as they are, and were not computed in the way that is asked for: by another engine, or by Winograd's
 * algorithm beside `--exact`. Neither is in a key, so that is said.
 * @module
 */
import type { EngineOptions } from "../../engines/engine.ts";
import { enginesUsed, type EngineUse } from "../../store/engines_used.ts";
import { instancePaths, remakePaths } from "../../store/layout.ts";
import { type ComputeOptions, engineOptions } from "../engine_options.ts";
import { inParallel } from "../in_parallel.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";

/** More stages than these are not named. */
const mostNamed = 6;

/** What has computed an instance that is used, or gone on with. */
interface Used extends EngineUse {
  readonly stage: string;
  readonly isFinished: boolean;
}

/** A warning of a run. */
interface Told {
  readonly code: "not_exact" | "other_engine";
  readonly text: string;
}

/**
 * What to warn of where an engine or direct convolutions are asked for and results that are used have others; nothing where none
 * has. What is gone on with is said of direct convolutions alone: a change of engine is told by the stage itself. Reads records
 * alone: no engine is opened.
 */
export async function describeMadeOtherwise(
  plan: WorkflowPlan,
  options: ComputeOptions,
): Promise<readonly Told[]> {
  const asked = engineOptions(options, plan.loaded);
  const choice = wordsOf(asked);
  if (asked.exact !== true && choice === undefined) return [];
  const used = await usedIn(plan);
  const winograd = asked.exact === true ? used.filter(({ engine }) => engine.convolution === "winograd") : [];
  const others = used.filter(({ engine, isFinished }) => isFinished && isOther(engine, asked));
  const makers = [...new Set(others.map(({ engine: { name, provider } }) => `${name} (${provider})`))];
  return [
    ...told("not_exact", "exact: computed with winograd convolutions before", winograd),
    ...told("other_engine", `${choice}: computed by ${makers.join(" and ")} before`, others),
  ];
}

async function usedIn({ instances, loaded }: WorkflowPlan): Promise<readonly Used[]> {
  const found = await inParallel(instances, async ({ stage, key, remake, status }) => {
    if (remake === "asked") return [];
    const paths = instancePaths(loaded.runs, key);
    const uses = await enginesUsed(remake === "begun" ? remakePaths(paths) : paths);
    return uses.map((use): Used => ({ ...use, stage, isFinished: status === "cached" }));
  });
  return found.flat();
}

/** "provider cuda"; undefined where no engine is chosen, or the choice is left to the program. */
function wordsOf({ engine, provider, backend }: EngineOptions): string | undefined {
  if (backend !== undefined && backend !== "auto") return `backend ${backend}`;
  if (provider !== undefined && provider !== "auto") return `provider ${provider}`;
  return engine === undefined ? undefined : `engine ${engine}`;
}

/** True for what has computed otherwise than by the engine, provider or backend that is asked for by name. */
function isOther(made: EngineUse["engine"], { engine, provider, backend }: EngineOptions): boolean {
  if (backend !== undefined && backend !== "auto") {
    return made.name !== "tensorflow" || made.provider !== backend;
  }
  if (provider !== undefined && provider !== "auto") {
    return made.name !== "onnxruntime" || made.provider !== provider;
  }
  return engine !== undefined && made.name !== engine;
}

function told(code: Told["code"], how: string, used: readonly Used[]): readonly Told[] {
  const stages = [...Map.groupBy(used, ({ stage }) => stage)];
  if (stages.length === 0) return [];
  const named = stages.slice(0, mostNamed).map(([stage, uses]) => {
    const frames = uses.reduce((sum, { frames }) => sum + frames, 0);
    return frames === 0 ? stage : `${stage} (${frames} ${frames === 1 ? "frame" : "frames"})`;
  });
  const more = stages.length > mostNamed ? ` and ${stages.length - mostNamed} more` : "";
  const forced = stages.slice(0, mostNamed).map(([stage]) => `--force ${stage}`).join(" ");
  const text = `${how}, and used as they are: ${named.join(", ")}${more}; ${forced} makes them again`;
  return [{ code, text }];
}
