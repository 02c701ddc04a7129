/** Workflows of stub stages: loaded, and worked on in this process. */
import assert from "node:assert/strict";
import { basename } from "node:path";
import type { LoadedWorkflow } from "../../../lib/cli/load_workflow.ts";
import { inspectWorkflow } from "../../../lib/plan/inspect.ts";
import type { DoWork } from "../../../lib/runner/run_instance.ts";
import { runStage } from "../../../lib/runner/serve_instance.ts";
import { openDigests } from "../../../lib/store/digests.ts";
import { openFindings } from "../../../lib/store/findings.ts";
import { digestsPath, findingsPath } from "../../../lib/store/layout.ts";
import { loadWorkflow } from "../../../lib/workflow/load.ts";
import { noPredictor } from "../../models/no_predictor.ts";
import { stubKinds, stubVideoKind } from "./stub_kinds.ts";

/** Loads a workflow without a mistake, as the program loads one of its own kinds. */
export async function loadStubWorkflow(path: string, runs: string): Promise<LoadedWorkflow> {
  const { workflow, collector } = await loadWorkflow(path, {
    ...{ kinds: stubKinds, videoKind: stubVideoKind, builtInModels: [] },
  });
  assert.ok(workflow);
  const [digests, findings] = [await openDigests(digestsPath(runs)), await openFindings(findingsPath(runs))];
  const surroundings = {
    digest: digests.sha256,
    recall: findings.recall,
    modelFacts: () => undefined,
    inspectModel: () => Promise.reject(new Error("no workflow here names a model of its own")),
  };
  const inspected = await inspectWorkflow(workflow, surroundings, collector);
  assert.deepEqual(collector.problems(), []);
  const name = basename(path, ".yaml");
  return { path, runs, workflow, inspected, digests, findings, name, preview: false, notes: [] };
}

/** Does a stub stage's work, in this thread. */
export const doStubWork: DoWork = async (order, onEvent) => {
  const kind = [stubVideoKind, ...stubKinds].find(({ name }) => name === order.kind);
  assert.ok(kind);
  const none = () => Promise.reject(new Error("stubs use no models and no engine"));
  const workshop = {
    loadRun: () => kind.load(),
    openModels: () => ({ ...noPredictor, open: none }),
    openEngine: none,
  };
  await runStage(order, workshop, onEvent);
};
