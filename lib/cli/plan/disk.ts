/**
 * Whether what a plan makes has room on the disk.
 * @module
 */
import { totalsOf } from "../../plan/totals.ts";
import { dataSize } from "../display/data_size.ts";
import type { WorkflowPlan } from "./plan_workflow.ts";

/** What to warn of where there is less room than is needed; nothing where there is enough, or where the system does not tell. */
export function describeLittleSpace({ instances, freeBytes, loaded: { runs } }: WorkflowPlan): string[] {
  const needed = totalsOf(instances).bytes;
  if (freeBytes === undefined || needed <= freeBytes) return [];
  return [
    `this takes about ${dataSize(needed)}, and the disk that holds ${runs} has ${
      dataSize(freeBytes)
    } left; ` +
    "--out names a folder on another",
  ];
}
