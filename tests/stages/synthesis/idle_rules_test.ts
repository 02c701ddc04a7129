import assert from "node:assert/strict";
import { idleRules } from "../../../lib/stages/synthesis/idle_rules.ts";
import { synthesisSchema } from "../../../lib/stages/synthesis/schema.ts";
import { previewScale } from "../../../lib/plan/preview.ts";
import { synthesisOf } from "../../plan/workflows.ts";
import { loadGood } from "../../workflow/language.ts";

/** What is said of `stop` in a synthesis whose octaves have at most 300 iterations. */
const notesOf = (stop: object) =>
  idleRules(synthesisSchema.parse({ targets: { spatial_texture: "clip" }, octaves: "fast", stop }));

Deno.test("a minimum that no octave goes beyond is told: no rule is ever looked at", () => {
  const never = ["stop never ends an octave: its minimum is 300, and no octave has more than 300 iterations"];
  assert.deepEqual(notesOf({ residual: 0.01, minimum: 300 }), never);
  assert.deepEqual(
    notesOf({ residual: 0.01, minimum: 300, plateau: { iterations: 5000, improvement: 0.1 } }),
    never,
  );
  assert.deepEqual(notesOf({ residual: 0.01, minimum: 299 }), []);
});

Deno.test("a plateau that is longer than any octave is told", () => {
  const plateau = { iterations: 300, improvement: 0.1 };
  assert.deepEqual(notesOf({ residual: 0.01, plateau }), [
    "stop.plateau never holds: it compares over 300 iterations, and no octave has more than 300 iterations",
  ]);
  assert.deepEqual(notesOf({ plateau: { ...plateau, iterations: 299 } }), []);
});

Deno.test("of a schedule without rules nothing is said", () => {
  assert.deepEqual(idleRules(synthesisSchema.parse({ targets: { spatial_texture: "clip" } })), []);
});

Deno.test("what is said of rules is a note of the instance, beside those of a preview", async () => {
  const text = synthesisOf("octaves: fast, stop: { residual: 0.01, minimum: 4000 }");
  const said = /minimum is 4000, and no octave has more than 300 iterations/;
  for (const preview of [undefined, previewScale]) {
    const { inspected } = await loadGood({ "main.yaml": text }, { ...(preview && { preview }) });
    const notes = inspected.find(({ instance }) => instance.name === "out")?.notes ?? [];
    assert.match(notes[0] ?? "", said);
  }
});
