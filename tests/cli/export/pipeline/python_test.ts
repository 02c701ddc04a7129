import assert from "node:assert/strict";
import * as fc from "fast-check";
import { pythonList, pythonText } from "../../../../lib/cli/export/pipeline/python.ts";

/** Signs of all of Unicode, those that JSON and Python treat differently more often. */
const sign = fc.oneof(
  fc.constantFrom('"', "'", "\\", "\n", "\r", "\0", "{", "$", "\u0085", "\u2028", "\ud800", "\u00ad"),
  fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

/** What Python reads. */
function readByPython(literal: string): string {
  return JSON.parse(
    literal.replace(/\\U([0-9a-f]{8})/g, (_, code) => String.fromCodePoint(parseInt(code, 16))),
  );
}

Deno.test("any text is one literal on one line, of signs that are seen", () => {
  fc.assert(fc.property(fc.array(sign).map((signs) => signs.join("")), (text) => {
    const literal = pythonText(text);
    assert.match(literal, /^"(?:[^"\\\p{Cc}\p{Zl}\p{Zp}]|\\["\\bfnrt]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"$/u);
    // A text may have what begins like a sign by its number.
    if (!text.includes("\\U")) assert.equal(readByPython(literal), text);
  }));
});

Deno.test("signs of other scripts stay, those that end a line do not", () => {
  assert.equal(pythonText('größe 寸 \u2028\u0085"\\\n'), '"größe 寸 \\U00002028\\U00000085\\"\\\\\\n"');
});

Deno.test("a list that is too long for its line is broken", () => {
  assert.equal(pythonList(["a", "b"], { indent: "", before: 80 }), '["a", "b"]');
  assert.equal(pythonList(["a", "b"], { indent: "  ", before: 95 }), '[\n      "a",\n      "b",\n  ]');
});
