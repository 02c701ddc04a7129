/**
 * Phase 1: the text of a workflow and of all that it extends.
 * @module
 */
import { normalize } from "node:path";
import type { Collector } from "./collector.ts";
import { parseWorkflowText } from "./document.ts";
import type { LocatedNode, MapNode, Origin } from "./located.ts";
import { pathFrom } from "./paths.ts";
import { type ReadFile, readingProblem, textOf } from "./read_text.ts";
import type { ProblemFact } from "./problems.ts";
import type { SourceText } from "./source.ts";

/** No workflow that somebody has written is longer, in bytes. */
const longestWorkflow = 1 << 20;

/** Reads a text file, or reports why not at the place that names it. */
export async function readSource(
  path: string,
  from: Origin | undefined,
  { read, mostBytes }: { readonly read: ReadFile; readonly mostBytes: number },
  collector: Collector,
): Promise<SourceText | undefined> {
  // The workflow itself is named by the command line.
  const origin = from ?? { option: path };
  let found: Uint8Array | ProblemFact;
  try {
    found = await read(path, mostBytes);
  } catch (error) {
    found = readingProblem(path, error);
  }
  if (!(found instanceof Uint8Array)) {
    collector.report(origin, found);
    return undefined;
  }
  const text = textOf(found);
  if (typeof text === "string") return { path, text };
  collector.report({ source: { path, text: "" }, start: 0, end: 0 }, text);
  return undefined;
}

/** The workflow's documents, the one that it extends first. Undefined when one of them can't be read. */
export async function readLayers(
  path: string,
  read: ReadFile,
  collector: Collector,
): Promise<readonly MapNode[] | undefined> {
  const layers: MapNode[] = [];
  const chain: string[] = [];
  let next: { readonly path: string; readonly from?: Origin } | undefined = { path };
  while (next !== undefined) {
    const { path, from }: { readonly path: string; readonly from?: Origin } = next;
    if (from !== undefined && chain.includes(normalize(path))) {
      const files = [...chain.slice(chain.indexOf(normalize(path))), normalize(path)];
      collector.report(from, { code: "extends_cycle", files });
      return undefined;
    }
    chain.push(normalize(path));
    const source = await readSource(path, from, { read, mostBytes: longestWorkflow }, collector);
    const document = source && parseWorkflowText(source, collector);
    if (document === undefined) return undefined;
    layers.unshift(document);
    const base = document.entries.get("extends")?.value;
    if (base === undefined) break;
    next = extended(base, collector);
    if (next === undefined) return undefined;
  }
  return layers;
}

function extended(value: LocatedNode, collector: Collector) {
  if (value.kind !== "scalar" || typeof value.value !== "string" || value.value === "") {
    const found = value.kind === "scalar" ? value.value : value.kind === "list" ? [] : {};
    collector.report(value.origin, { code: "wrong_type", expected: "string", found }, "extends");
    return undefined;
  }
  return { path: pathFrom(value.value, value.origin), from: value.origin };
}
