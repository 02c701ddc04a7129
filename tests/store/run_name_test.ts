import assert from "node:assert/strict";
import { WorkflowError } from "../../lib/errors.ts";
import { checkRunName } from "../../lib/store/run_name.ts";

Deno.test("names of files are names of results", () => {
  for (const name of ["a", "quickstart", "my clip (2)", "v1.2", "Müller & Söhne", "視覚", "x".repeat(200)]) {
    checkRunName(name);
  }
});

Deno.test("what is no folder of its own among the results is refused", () => {
  const bad = [
    "",
    ".",
    "..",
    "../escaped",
    "/tmp/a",
    "a/b",
    "a\\b",
    "C:a",
    ".yaml",
    "a.",
    "a ",
    "a\nb",
    "a\0",
  ];
  for (
    const name of [
      ...bad,
      "store",
      "Store",
      "store/x",
      "digests.json",
      "findings.json",
      "speeds.json",
      "x".repeat(201),
    ]
  ) {
    assert.throws(() => checkRunName(name), WorkflowError, JSON.stringify(name));
  }
});
