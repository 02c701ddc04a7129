import assert from "node:assert/strict";
import { bibtex, methodsText } from "../../lib/report/data/methods.ts";
import { type Citation, inFull } from "../../lib/store/citation.ts";
import { reported } from "./records.ts";

const paper: Citation = {
  id: "writer2020",
  type: "article",
  authors: ["Writer, A.", "Reader, B."],
  title: "On DNA",
  in: "Journal of Tests",
  volume: "3",
  pages: "1-10",
  year: 2020,
  doi: "10.1/2",
};

const methods = { made: "made with care [@writer2020]", details: ["It took a day."], citations: [paper] };

Deno.test("the methods say how each video was made, with its citations in the order of their mention", () => {
  const { paragraphs, references } = methodsText([reported("metamer", { manifest: { methods } })]);
  assert.equal(
    paragraphs[0],
    "The video metamer (4 frames of 64 x 96 pixels, 25 per second) was made with care (Writer & Reader, 2020). It took a day.",
  );
  assert.equal(paragraphs[1], "Everything was computed with Metamer 0.1.0.");
  assert.deepEqual(references.map(({ text }) => text), [inFull(paper)]);
});

Deno.test("what was made in the same way is told once", () => {
  const names = ["metamer[seed=1]", "metamer[seed=2]"];
  const { paragraphs } = methodsText(names.map((name) => reported(name, { manifest: { methods } })));
  assert.equal(paragraphs.length, 2);
  assert.match(
    paragraphs[0] ?? "",
    /^The videos metamer\[seed=1\] and metamer\[seed=2\] .* were made with care/,
  );
});

Deno.test("a record of an earlier version, which does not say how it was made, is named by its kind", () => {
  const { paragraphs, references } = methodsText([reported("old", {})]);
  assert.match(paragraphs[0] ?? "", /was made by a stage of the kind fake \(settings below\)\.$/);
  assert.deepEqual(references, []);
});

Deno.test("BibTeX keeps capitals, and has two hyphens between pages", () => {
  assert.equal(
    bibtex(paper),
    `@article{writer2020,
  author = {Writer, A. and Reader, B.},
  title = {{On DNA}},
  journal = {Journal of Tests},
  volume = {3},
  pages = {1--10},
  year = {2020},
  doi = {10.1/2}
}`,
  );
});
