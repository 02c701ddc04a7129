/** Finished instances as a report reads them, without a store. */
import type { Reported } from "../../lib/report/content.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { type Manifest, manifestSchema } from "../../lib/store/manifest.ts";

/** What a test says of one. */
export interface Record {
  readonly manifest?: Partial<Manifest>;
  readonly files?: Readonly<{ [path: string]: string }>;
  readonly events?: readonly RunEvent[];
  readonly isSubject?: boolean;
}

/** A video of four frames, unless the test says otherwise. */
export function reported(
  name: string,
  { manifest = {}, files = {}, events = [], isSubject = true }: Record,
): Reported {
  const outputs = Object.keys(files).map((path) => ({ path, bytes: 1, sha256: "0".repeat(64) }));
  return {
    name,
    isSubject,
    finished: {
      manifest: manifestSchema.parse({
        v: 1,
        key: "fake-0123456789abcdef",
        kind: "fake",
        format: 1,
        stage: { name, instance: name },
        settings: {},
        inputs: [],
        models: [],
        video: { frames: 4, height: 64, width: 96, fps: "25/1" },
        outputs,
        sessions: [],
        software: { metamer: "0.1.0", deno: "2.9.6", v8: "1" },
        deviations: [],
        seconds: 1,
        iterations: 0,
        ...manifest,
      }),
      file: (path) => Promise.resolve(new TextEncoder().encode(files[path])),
      events: () => Promise.resolve(events),
    },
  };
}

/** A table, with what its summary says. */
export function reportedTable(name: string, table: string, summary: unknown): Reported {
  const files = { "table.csv": table, "summary.json": JSON.stringify(summary) };
  return reported(name, { files, manifest: { video: undefined, kind: "listed" } });
}
