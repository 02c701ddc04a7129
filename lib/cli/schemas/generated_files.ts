/**
 * The files of the project that are written from its schemas.
 * @module
 */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { stageKinds, videoEntryKind } from "../../stages/table.ts";
import { eventBodySchema, eventEnvelopeSchema } from "../../store/events.ts";
import { manifestFileSchema } from "../../store/manifest.ts";
import { frozenSchema } from "../../versions/frozen.ts";
import { readTextIfThere } from "../../store/presence.ts";
import { referenceText } from "./reference.ts";
import { inputSchema, type Schema, workflowSchema } from "./workflow_schema.ts";

const draft = "https://json-schema.org/draft/2020-12/schema";

/** In files, a line says beside the event what it is to be checked by. */
const lineEnvelopeSchema = eventEnvelopeSchema.extend({
  check: z.string().optional().describe(
    "The beginning of the sha256 of the line without it; absent in lines of earlier versions, and of --json.",
  ),
});

/** Path in the project, and text, of every generated file. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const event = inputSchema(z.intersection(lineEnvelopeSchema, eventBodySchema));
  const manifest = inputSchema(manifestFileSchema);
  const frozen = inputSchema(frozenSchema);
  return new Map([
    ["schemas/workflow.schema.json", json(workflowSchema(stageKinds, videoEntryKind))],
    ["schemas/event.schema.json", json({ $schema: draft, title: "A line of events.jsonl", ...event })],
    [
      "schemas/manifest.schema.json",
      json({ $schema: draft, title: "manifest.json of an instance", ...manifest }),
    ],
    [
      "schemas/frozen.schema.json",
      json({ $schema: draft, title: "FILE.frozen.json of a workflow", ...frozen }),
    ],
    ["docs/reference.md", referenceText(stageKinds, videoEntryKind)],
  ]);
}

/** Paths of the generated files of a project that are missing or are not what the schemas say. */
export async function staleFiles(project: URL): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [path, text] of generatedFiles()) {
    if (await readTextIfThere(fileURLToPath(new URL(path, project))) !== text) stale.push(path);
  }
  return stale;
}

function json(schema: Schema): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
