import assert from "node:assert/strict";
import { createCollector } from "../../lib/workflow/collector.ts";
import { parseWorkflowText } from "../../lib/workflow/document.ts";
import { readSource } from "../../lib/workflow/layers.ts";
import { describeOrigin, entryOf, follow, plainValue } from "../../lib/workflow/located.ts";

function parse(text: string) {
  const collector = createCollector();
  const document = parseWorkflowText({ path: "file.yaml", text }, collector);
  return { document, codes: collector.problems().map(({ fact }) => fact.code) };
}

async function read(bytes: readonly number[]) {
  const collector = createCollector();
  const source = await readSource(
    "file.yaml",
    undefined,
    { read: () => Promise.resolve(new Uint8Array(bytes)), mostBytes: 1000 },
    collector,
  );
  return { source, codes: collector.problems().map(({ fact }) => fact.code) };
}

Deno.test("every value knows its place", () => {
  const { document } = parse("a:\n  - { b: 1 }\n  - two\n");
  assert.ok(document);
  const { node, key, path } = follow(document, document.origin, ["a", 0, "b"]);
  assert.equal(describeOrigin(node.origin), "file.yaml:2:10");
  assert.equal(describeOrigin(key), "file.yaml:2:7");
  assert.deepEqual(path, ["a", 0, "b"]);
});

Deno.test("follow() skips what a shorthand leaves out, and finds an item of a list by its value", () => {
  const { document } = parse("targets:\n  texture: [x, { video: y }]\nlayers: [a, b]\n");
  assert.ok(document);
  const place = (path: readonly (string | number)[]) =>
    describeOrigin(follow(document, document.origin, path).node.origin);
  assert.equal(place(["targets", "texture", "mixture", 0, "video"]), "file.yaml:2:13");
  assert.equal(place(["targets", "texture", "mixture", 1, "video"]), "file.yaml:2:25");
  assert.equal(place(["layers", "b"]), "file.yaml:3:13");
});

Deno.test("an alias stands for the values of its anchor, at their place", () => {
  const { document, codes } = parse("a: &x { y: 1 }\nb: *x\n");
  assert.deepEqual(codes, []);
  assert.ok(document);
  assert.deepEqual(plainValue(document), { a: { y: 1 }, b: { y: 1 } });
  assert.equal(describeOrigin(follow(document, document.origin, ["b", "y"]).node.origin), "file.yaml:1:12");
});

Deno.test("words are YAML 1.2's: yes, no and on are text", () => {
  const { document } = parse("a: yes\nb: no\nc: true\nd: 0x10\ne: 1_000\nf: ~\n");
  assert.ok(document);
  assert.deepEqual(plainValue(document), { a: "yes", b: "no", c: true, d: 16, e: "1_000", f: null });
});

Deno.test("keys that are numbers are kept as they are written", () => {
  const { document } = parse("weight: { 0: 1, 059: 2, 1.0: 3 }\n");
  assert.deepEqual([...keysOf(document, "weight")], ["0", "059", "1.0"]);
});

function keysOf(document: ReturnType<typeof parse>["document"], key: string): Iterable<string> {
  const value = entryOf(document, key)?.value;
  return value?.kind === "map" ? value.entries.keys() : [];
}

Deno.test("a key called __proto__ is no name, and changes no object", () => {
  assert.deepEqual(parse("__proto__: { polluted: 1 }\n").codes, ["bad_name"]);
  assert.equal(Object.hasOwn({}, "polluted"), false);
});

Deno.test("keys that mean the same are duplicates however they are written", () => {
  assert.deepEqual(parse('a: { 0: 1, "0": 2 }\n').codes, ["duplicate_key"]);
});

Deno.test("a byte order mark is not part of the text", async () => {
  const { source, codes } = await read([0xef, 0xbb, 0xbf, ...new TextEncoder().encode("metamer: 1")]);
  assert.deepEqual([source?.text, codes], ["metamer: 1", []]);
});

Deno.test("UTF-16 and other encodings are refused", async () => {
  assert.deepEqual((await read([0xff, 0xfe, 0x6d, 0x00])).codes, ["not_utf8"]);
  assert.deepEqual((await read([0x66, 0xfc, 0x72])).codes, ["not_utf8"]);
});

Deno.test("windows line ends are line ends", () => {
  const { document, codes } = parse("a: 1\r\nb:\r\n  c: 2\r\n");
  assert.deepEqual(codes, []);
  assert.ok(document);
  assert.equal(describeOrigin(follow(document, document.origin, ["b", "c"]).node.origin), "file.yaml:3:6");
});

Deno.test("a circle of aliases inside an alias ends", () => {
  assert.deepEqual(parse("a: &a { b: &b { c: *a } }\nd: *b\n").codes, ["cyclic_alias"]);
});

Deno.test("what is nested too deeply for any stack is one problem in the user's words", () => {
  for (const depth of [65, 600, 20_000]) {
    assert.deepEqual(parse(`a: ${"[".repeat(depth)}${"]".repeat(depth)}`).codes, ["nested_too_deeply"]);
  }
  assert.deepEqual(parse(`a: ${"[".repeat(63)}${"]".repeat(63)}`).codes, []);
});
