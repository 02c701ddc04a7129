/**
 * The engine of a run is found, and tried, before anything is made: a run of hours must not end where it first needs it.
 * @module
 */
import { requirePrecision } from "../../engines/choices.ts";
import type { EngineOptions, Precision } from "../../engines/engine.ts";
import { openEngine, withChosenProvider } from "../../engines/open.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";

/** How the engine is opened by workers. */
export interface ReadyEngine {
  /** `auto` has become a provider of this machine. */
  readonly options: EngineOptions;
  /** What `auto` has passed over, and what it has come to; absent where nothing was. */
  readonly note?: string;
}

/**
 * Throws WorkflowError for a stage that is still to be made in a precision which the engine would not compute in, and MissingError
 * for an engine, a device or a precision that this machine does not have. ONNX Runtime's processor kernels and the reference are on every
 * machine, and are not opened.
 * @param devices that are to be used; left out: the one of the options
 */
export async function readyEngine(
  { instances }: Pick<WorkflowPlan, "instances">,
  asked: EngineOptions,
  devices?: readonly number[],
): Promise<ReadyEngine> {
  const left = instances.filter(({ status }) => status !== "cached");
  for (const { stage, precision } of left) {
    requirePrecision(asked, precision, `stages.${stage}.precision`);
  }
  if (left.length === 0 || !mayBeMissing(asked)) return { options: asked };
  const precisions = new Set<Precision>(left.map(({ precision }) => precision));
  const needed: Precision = precisions.has("float16") ? "float16" : "float32";
  const { options: { precision: _, ...options }, passedOver } = await withChosenProvider({
    ...asked,
    precision: needed,
  });
  if (mayBeMissing(options)) {
    for (const device of devices ?? [undefined]) {
      await using _ = await openEngine({
        ...options,
        precision: needed,
        ...(device !== undefined && { device }),
      });
    }
  }
  if (passedOver.length === 0) return { options };
  return { options, note: `--provider auto is ${options.provider} here; ${passedOver.join("; ")}` };
}

/** False for what is on every machine that this program runs on. */
function mayBeMissing({ engine = "onnxruntime", provider = "cpu" }: EngineOptions): boolean {
  return engine === "tensorflow" || (engine === "onnxruntime" && provider !== "cpu");
}
