/** Thirty and more workflow files with something wrong, run as users run them. */
import { join } from "node:path";
import { tinyWorkflow } from "./program.ts";
import { type Refusal, refusalBench } from "./refusals.ts";

interface BadFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Line and column; left out where the problem is with the file as a whole. */
  readonly at?: string;
  readonly says: RegExp;
}

/** The good workflow with one thing exchanged. */
function withChange(from: string, to: string): string {
  const changed = tinyWorkflow.replace(from, to);
  if (changed === tinyWorkflow) throw new Error(`nothing in the workflow is ${from}`);
  return changed;
}

const utf16 = (text: string, mark: readonly number[] = []) =>
  Uint8Array.from([...mark, ...text.split("").flatMap((letter) => [letter.charCodeAt(0), 0])]);

const files: readonly BadFile[] = [
  { name: "nothing", content: "", at: "1:1", says: /the file is empty; a workflow starts with metamer: 1/ },
  { name: "a list", content: "- a\n", at: "1:1", says: /a workflow must be a map/ },
  { name: "two documents", content: `${tinyWorkflow}---\n`, says: /one YAML document/ },
  { name: "UTF-16", content: utf16(tinyWorkflow, [0xff, 0xfe]), says: /is UTF-16 text; save it as .* UTF-8/ },
  { name: "UTF-16 without a mark", content: utf16(tinyWorkflow), says: /no plain text; save it as/ },
  { name: "Latin-1", content: Uint8Array.of(0x61, 0x3a, 0x20, 0xdf), says: /not UTF-8 text; save it as/ },
  { name: "bytes", content: new Uint8Array(5000).map((_, i) => i * 37), says: /no plain text/ },
  {
    name: "10 MB of YAML",
    content: `${tinyWorkflow}title: |\n${`  ${"x".repeat(97)}\n`.repeat(100_000)}`,
    says: /has 9\.\d MiB; at most 1\.0 MiB/,
  },
  { name: "10 MB of brackets", content: "[{".repeat(5_000_000), says: /has 9\.5 MiB; at most 1\.0 MiB/ },
  { name: "1 MB of brackets", content: "[{".repeat(500_000), at: "1:501", says: /nested too deeply/ },
  {
    name: "deep indentation",
    content: Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""),
    says: /nested too deeply/,
  },
  {
    name: "an alias bomb",
    content: Array.from(
      { length: 30 },
      (_, i) => `a${i}: &a${i} [${Array(9).fill(i === 0 ? "x" : `*a${i - 1}`).join()}]\n`,
    ).join(""),
    says: /aliases of this file repeat more than 10000 values/,
  },
  { name: "a tab", content: withChange("    padding", "\tpadding"), at: "10:1", says: /use spaces/ },
  {
    name: "a space that is none",
    content: withChange("padding: 1", "padding:\u00a01"),
    at: "10:13",
    says: /U\+00A0/,
  },
  {
    name: "a key twice",
    content: withChange("padding: 1", "padding: 1\n    padding: 2"),
    at: "11:5",
    says: /stands twice/,
  },
  { name: "a marker of git", content: `<<<<<<< HEAD\n${tinyWorkflow}`, at: "1:1", says: /merge conflict/ },
  {
    name: "a brace that is open",
    content: withChange("frames: 8 }", "frames: 8"),
    says: /closing } is missing/,
  },
  { name: "__proto__", content: withChange("  tiny:", "  __proto__:"), at: "5:3", says: /can't be a name/ },
  { name: "a path as name", content: withChange("  tiny:", "  ../x:"), at: "5:3", says: /can't be a name/ },
  {
    name: "a name of 300 letters",
    content: withChange("  tiny:", `  ${"t".repeat(300)}:`),
    at: "5:3",
    says: /at most 64 characters/,
  },
  {
    name: "a letter of another alphabet",
    content: withChange("texture: clip", "texture: cl\u0456p"),
    at: "8:33",
    says: /did you mean "clip"\? \("і" is U\+0456\)/,
  },
  {
    name: "an unknown key",
    content: withChange("padding: 1", "pading: 1"),
    at: "10:5",
    says: /no key "pading"; did you mean "padding"\?/,
  },
  {
    name: "an unknown layer",
    content: withChange("texture: clip", "texture: { video: clip, layers: [nonsense] }"),
    at: "8:57",
    says: /has no layer "nonsense"; layers are/,
  },
  { name: "a wrong type", content: withChange("frames: 4", "frames: few"), at: "11:13", says: /a number/ },
  { name: "no frames", content: withChange("frames: 4", "frames: 0"), at: "11:13", says: /at least 1/ },
  {
    name: "a number beyond all numbers",
    content: withChange("frames: 4", `frames: ${"9".repeat(24)}`),
    at: "11:13",
    says: /at most 1000000/,
  },
  { name: "minutes", content: withChange("frames: 4", "frames: 1:30"), at: "11:13", says: /got "1:30"/ },
  { name: "not a number", content: withChange("rate: 0.01", "rate: .nan"), at: "9:68", says: /got NaN/ },
  { name: "infinity", content: withChange("rate: 0.01", "rate: .inf"), at: "9:68", says: /got Infinity/ },
  {
    name: "a negative rate",
    content: withChange("rate: 0.01", "rate: -0.01"),
    at: "9:68",
    says: /must be positive, got -0.01/,
  },
  {
    name: "a decimal comma",
    content: withChange("rate: 0.01", "rate: 0,01"),
    at: "9:70",
    says: /decimals have a point/,
  },
  {
    name: "yes",
    content: withChange("padding: 1", "optimizer: { descent: { normalize_gradient: yes } }"),
    at: "10:49",
    says: /true, false or per_channel, got "yes"/,
  },
  {
    name: "a variable without a matrix",
    content: withChange("texture: clip", "texture: $x"),
    at: "8:33",
    says: /this stage has no matrix/,
  },
  {
    name: "a matrix of 10^40 instances",
    content: withChange(
      "kind: synthesis",
      `kind: synthesis\n    matrix: { ${
        Array.from({ length: 40 }, (_, i) => `v${i}: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]`).join(", ")
      } }`,
    ),
    at: "7:13",
    says: /more than a million instances; at most 10000/,
  },
  {
    name: "stages that need each other",
    content: withChange("texture: clip", "texture: tiny"),
    at: "5:3",
    says: /need each other in a circle: tiny -> tiny/,
  },
  {
    name: "a name of a video for a stage",
    content: withChange("  tiny:", "  clip:"),
    at: "5:3",
    says: /already the name of a video/,
  },
  {
    name: "content of another size",
    content: withChange(
      "frames: 8 }",
      "frames: 8 }\n  small: { generate: noise, height: 20, width: 32, frames: 8 }",
    )
      .replace("texture: clip", "texture: clip, spatial_content: clip, temporal_content: small"),
    says: /small is 20 x 32; a content target must have the stage's size, 24 x 32/,
  },
  {
    name: "a clip that is not there",
    content: withChange("generate: dead_leaves", "file: nowhere.mp4"),
    at: "3:17",
    says: /there is no file ".*nowhere.mp4"/,
  },
  {
    name: "a clip below a file",
    content: withChange("generate: dead_leaves", "file: finished.yaml/clip.mp4"),
    at: "3:17",
    says: /there is no file/,
  },
  {
    name: "a clip with a name of 5000 letters",
    content: withChange("generate: dead_leaves", `file: ${"a".repeat(5000)}.mp4`),
    at: "3:17",
    says: /can't be read: File name too long/i,
  },
  {
    name: "a clip with NUL in its name",
    content: withChange("generate: dead_leaves", 'file: "a\\0b"'),
    at: "3:17",
    says: /a character in it that no file's name can have/,
  },
  {
    name: "itself extended",
    content: "extends: 42.yaml\n",
    at: "1:10",
    says: /extend each other in a circle/,
  },
  { name: "a folder extended", content: "extends: runs\n", at: "1:10", says: /it is a folder/ },
  { name: "a device extended", content: "extends: /dev/zero\n", at: "1:10", says: /no file but a device/ },
  {
    name: "a device as a clip table",
    content: withChange("clip: {", "all: { from: /dev/zero }\n  clip: {"),
    at: "3:16",
    says: /no file but a device/,
  },
];

Deno.test("bad workflow files are refused with their place and a remedy, and nothing is written", async (test) => {
  await using place = await refusalBench();
  const refusals: Refusal[] = [];
  for (const [index, { name, content, at, says }] of files.entries()) {
    const itself = typeof content === "string" ? content.replace("42.yaml", `${index}.yaml`) : content;
    const path = join(place.folder, `${index}.yaml`);
    await Deno.writeFile(path, typeof itself === "string" ? new TextEncoder().encode(itself) : itself);
    const where = new RegExp(`${index}\\.yaml:${at === undefined ? "(\\d+:\\d+:)?" : `${at}:`} error: `);
    refusals.push({ name, args: [path], code: 2, says: [where, says] });
  }
  await place.refuse(test, refusals);
});

Deno.test({
  name: "a workflow that is a folder, a pipe, a device or nothing at all is refused",
  ignore: Deno.build.os === "windows",
  fn: async (test) => {
    await using place = await refusalBench();
    const pipe = join(place.folder, "pipe.yaml");
    await new Deno.Command("mkfifo", { args: [pipe] }).output();
    await place.refuse(test, [
      { name: "a folder", args: [place.folder], code: 2, says: /can't be read: it is a folder/ },
      { name: "a pipe", args: [pipe], code: 2, says: /it is no file but a device or a pipe/ },
      { name: "a device", args: ["/dev/zero"], code: 2, says: /it is no file but a device or a pipe/ },
      {
        name: "nothing",
        args: [join(place.folder, "a.yaml")],
        code: 2,
        says: /there is no file ".*a\.yaml"/,
      },
    ]);
  },
});

Deno.test({
  name: "a workflow that may not be read is refused",
  // Root reads everything.
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  fn: async (test) => {
    await using place = await refusalBench();
    const path = await place.write("unreadable.yaml", tinyWorkflow);
    await Deno.chmod(path, 0);
    await place.refuse(test, [
      { name: "unreadable", args: [path], code: 2, says: /you have no permission to read it/ },
    ]);
  },
});

Deno.test("a byte order mark and the line ends of Windows are no problem", async () => {
  await using place = await refusalBench();
  await place.events(await place.write("mark.yaml", `\ufeff${tinyWorkflow}`), "--only", "clip");
  await place.events(await place.write("ends.yaml", tinyWorkflow.replaceAll("\n", "\r\n")), "--only", "clip");
});
