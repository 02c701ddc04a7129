/**
 * Plans for tests of what the program says of them: of the workflows of tests/plan, without a disk.
 */
import { loadWorkflow } from "../../../lib/cli/load_workflow.ts";
import { type PlanOptions, planWorkflow, type WorkflowPlan } from "../../../lib/cli/plan/plan_workflow.ts";
import { join } from "node:path";
import type { TemporaryFolder } from "../../temporary_folder.ts";

/** Three seeds and two depths of one clip: a clip and six instances. */
export const matrixWorkflow = `metamer: 1
videos:
  clip: { generate: dead_leaves, height: 64, width: 96, frames: 12 }
stages:
  metamer:
    kind: synthesis
    matrix: { seed: [1, 2, 3], depth: { shallow: [conv1_1], full: all } }
    targets: { spatial_texture: { video: clip, layers: $depth } }
    octaves: paper
    seed: $seed
`;

/** The plan of a workflow's text, with results in the folder. */
export async function planOf(
  folder: TemporaryFolder,
  text: string,
  options: PlanOptions = {},
): Promise<WorkflowPlan> {
  const file = join(folder.path, "main.yaml");
  await Deno.writeTextFile(file, text);
  const loaded = await loadWorkflow(file, { out: join(folder.path, "runs") });
  return await planWorkflow(loaded, { weights: join(folder.path, "weights"), ...options });
}
