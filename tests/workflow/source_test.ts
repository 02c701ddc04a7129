import assert from "node:assert/strict";
import { positionAt, quoteLine } from "../../lib/workflow/source.ts";

const source = (text: string) => ({ path: "file.yaml", text });

Deno.test("positionAt() counts lines and characters from 1", () => {
  const text = "a\nbä😀c\n";
  assert.deepEqual(positionAt(source(text), 0), { line: 1, column: 1 });
  assert.deepEqual(positionAt(source(text), text.indexOf("c")), { line: 2, column: 4 });
  assert.deepEqual(positionAt(source(text), text.length), { line: 3, column: 1 });
});

Deno.test("quoteLine() puts carets under the range", () => {
  assert.equal(quoteLine(source("one\nseed: -1\r\n"), 10, 12), "    seed: -1\n          ^^");
});

Deno.test("quoteLine() marks a range of several lines up to the line's end", () => {
  assert.equal(quoteLine(source("a: [1,\n2]\n"), 3, 9), "    a: [1,\n       ^^^");
});

Deno.test("quoteLine() shows a tab as one space, so that carets stand where they should", () => {
  assert.equal(quoteLine(source("\tx"), 1, 2), "     x\n     ^");
});

Deno.test("quoteLine() trims a long line to the terminal and keeps the range in sight", () => {
  const text = `${"a".repeat(200)}HERE${"b".repeat(200)}`;
  const [line = "", carets = ""] = quoteLine(source(text), 200, 204, 60).split("\n");
  assert.equal([...line].length, 60);
  assert.equal(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1), "HERE");
  assert.match(line, /^ {4}….*…$/);
});

Deno.test("quoteLine() never draws carets beyond the terminal", () => {
  const [line = "", carets = ""] = quoteLine(source("x".repeat(500)), 10, 490, 60).split("\n");
  assert.ok([...line].length <= 60 && carets.length <= 60);
});
