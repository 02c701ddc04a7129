/**
 * Whether what a plan makes has room on the disk.
 * @module
 */
import { totalsOf } from "../plan/totals.ts";
import { dataSize } from "./display/data_size.ts";
import type { WorkflowPlan } from "./plan_workflow.ts";

/** A warning where there is less room than is needed; nothing where there is enough, or where the system does not tell. */
export function describeFreeSpace({ instances, freeBytes, loaded: { runs } }: WorkflowPlan): string[] {
  const needed = totalsOf(instances).bytes;
  if (freeBytes === undefined || needed <= freeBytes) return [];
  return [
    `warning: this takes about ${dataSize(needed)}, and the disk that holds ${runs} has ${
      dataSize(freeBytes)
    } left; ` +
    "--out names a folder on another",
  ];
}
