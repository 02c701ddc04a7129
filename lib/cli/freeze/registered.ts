/**
 * Is what is about to run what was registered?
 * @module
 */
import { dirname } from "node:path";
import { RunError, WorkflowError } from "../../errors.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import type { Registered } from "../../store/manifest.ts";
import { compareSpecifications } from "../../versions/compare.ts";
import { describeDifferences, describeInstanceChange } from "../../versions/describe.ts";
import { differentVersions } from "../../versions/frozen.ts";
import { specify } from "../../versions/specify.ts";
import { wrapped } from "../display/wrapped.ts";
import { specified } from "../plan/specified.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import type { Registration } from "./frozen_path.ts";
import { softwareHere } from "./software.ts";

/** What is allowed. */
export interface RegisteredOptions {
  /** Differences are listed and recorded, and are no reason not to run. */
  readonly allowDeviations?: boolean;
  readonly columns?: number;
}

/**
 * How the plan departs from what was registered. Other versions of programs do not count: what they change shows in the
 * formats of the kinds, which do. Throws RunError that names every difference, unless they are allowed.
 */
export async function checkRegistered(
  plan: WorkflowPlan,
  { frozen, path }: Registration,
  { allowDeviations = false, columns }: RegisteredOptions,
): Promise<Registered> {
  if (plan.loaded.preview) {
    throw new WorkflowError(
      "--preview: error: a preview is not what was registered; leave out --frozen for it",
    );
  }
  const deviations = deviationsOf(plan, { frozen, path });
  if (deviations.length > 0 && !allowDeviations) {
    throw new RunError(
      [
        `this is not what was registered in ${path}; nothing was run`,
        ...deviations.map((text) => wrapped(`  ${text}`, columns)),
        "make it as it was registered, or run it with --allow-deviations, which records them",
      ].join("\n"),
    );
  }
  const versions = differentVersions(frozen.software, await softwareHere());
  return { hash: frozen.hash, deviations: [...deviations], versions: [...versions] };
}

/** The differences; where they are none that can be pointed at (another format), the instances that change all the same. */
function deviationsOf(
  plan: WorkflowPlan,
  { frozen, path }: Pick<Registration, "frozen" | "path">,
): readonly string[] {
  const { workflow: { run: _, ...workflow }, ...now } = specify(specified(plan), dirname(path));
  const comparison = compareSpecifications(frozen.specification, { ...now, workflow });
  const differences = describeDifferences(comparison);
  const others = comparison.instances.filter(({ change }) => change === "new" || change === "gone");
  const pointless = differences.length === 0 && others.length === 0 ? comparison.instances : others;
  return [
    ...differences,
    ...pointless.map((change) => describeInstanceChange(change).map((line) => line.trim()).join("; ")),
  ];
}

/** What the end of a run says of the registration. */
export function describeRegistered(
  { hash, deviations, versions }: Registered,
  { instances, computed }: {
    readonly instances: readonly Pick<PlannedInstance, "name">[];
    readonly computed: readonly string[];
  },
  columns?: number,
): string {
  const before = instances.length - computed.length;
  return [
    ...(deviations.length === 0
      ? ["As registered:", `  sha256 ${hash}`]
      : ["Registered as", `  sha256 ${hash}`, "run with deviations, which the manifests keep:"]),
    ...deviations.map((text) => `  ${text}`),
    ...versions.map((text) => `  note: ${text}`),
    ...(before > 0
      ? [
        `  ${before} of ${instances.length} instances were there before this run; their own manifests say how they were made.`,
      ]
      : []),
  ].map((line) => wrapped(line, columns)).join("\n");
}
