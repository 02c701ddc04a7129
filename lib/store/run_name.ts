/**
 * Names of workflows among the results: each is a folder beside the store.
 * @module
 */
import { WorkflowError } from "../errors.ts";

/** Neither a path, nor hidden, nor refused by the file systems that people share. */
const goodName = /^(?!\.)[^/\\:*?"<>|\p{Cc}]{1,200}(?<![ .])$/u;

/** What lies beside the workflows' folders. */
const taken = ["store", "reproductions", "digests.json", "findings.json", "speeds.json"];

/** Throws WorkflowError for a name that cannot be a workflow's folder. */
export function checkRunName(name: string): void {
  if (goodName.test(name) && !taken.includes(name.toLowerCase())) return;
  throw new WorkflowError(
    `the results cannot have the name "${name}": it is that of one folder beside "store", at most 200 characters ` +
      `without / \\ : * ? " < > |, not beginning with a dot and not ending with a dot or a space; give another with --name`,
  );
}
