import assert from "node:assert/strict";
import { createCollector } from "../../lib/workflow/collector.ts";
import { parseYaml } from "../../lib/workflow/document.ts";
import { plainValue } from "../../lib/workflow/located.ts";
import { moveFiles } from "../../lib/workflow/paths.ts";

Deno.test("paths are moved to the file that they stand in, and addresses are left for the reader to refuse", () => {
  const moved = (file: string) => {
    const text = `file: "${file}"`;
    const source = { path: "workflows/a.yaml", text };
    const map = parseYaml(text, (start, end) => ({ source, start, end }), createCollector());
    assert.ok(map?.kind === "map");
    return plainValue(moveFiles(map, ["file"], "."));
  };
  assert.deepEqual(moved("clips/a.mp4"), { file: "workflows/clips/a.mp4" });
  assert.deepEqual(moved("/clips/a.mp4"), { file: "/clips/a.mp4" });
  assert.deepEqual(moved("my clips://a.mp4"), { file: "workflows/my clips:/a.mp4" });
  assert.deepEqual(moved("https://example.org/a.mp4"), { file: "https://example.org/a.mp4" });
});
