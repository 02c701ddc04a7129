import assert from "node:assert/strict";
import fc from "fast-check";
import { compareNames, firstGap } from "../../lib/video/image_names.ts";

Deno.test("numbers in names count as numbers", () => {
  const sorted = ["a1.png", "a2.png", "a10.png", "a10b.png", "a010c.png", "b1.png", "b1.5.png", "b1.12.png"];
  assert.deepEqual(sorted.toReversed().sort(compareNames), [
    "a1.png",
    "a2.png",
    "a10.png",
    "a10b.png",
    "a010c.png",
    "b1.5.png",
    "b1.12.png",
    "b1.png",
  ]);
});

Deno.test("the order of names is one: no two names are equal, and it does not depend on where they came from", () => {
  const names = fc.array(fc.stringMatching(/^[ab01]{1,6}$/), { minLength: 2, maxLength: 8 });
  fc.assert(fc.property(names, (names) => {
    const unique = [...new Set(names)];
    assert.deepEqual(unique.toSorted(compareNames), unique.toReversed().sort(compareNames));
  }));
});

Deno.test("a hole among numbered images is found, by the first name that is missing", () => {
  const gap = firstGap(["f08.png", "f09.png", "f10.png", "f13.png"]);
  assert.deepEqual(gap, { before: "f10.png", after: "f13.png", missing: "f11.png" });
  const tenth = firstGap(["f000.png", "f010.png", "f020.png", "f040.png"]);
  assert.deepEqual(tenth, { before: "f020.png", after: "f040.png", missing: "f030.png" });
});

Deno.test("images that are numbered through, every tenth, or not numbered have no hole", () => {
  assert.equal(firstGap(["f9.png", "f10.png", "f11.png"]), undefined);
  assert.equal(firstGap(["f000.png", "f010.png", "f020.png"]), undefined);
  assert.equal(firstGap(["left.png", "right.png"]), undefined);
  assert.equal(firstGap(["a1.png", "b3.png"]), undefined);
  assert.equal(firstGap(["only7.png"]), undefined);
  assert.equal(firstGap([]), undefined);
});
