/** What makes a difference between two workflows, and what that changes; against files, results and git revisions. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readSide } from "../../../lib/cli/diff/side.ts";
import { WorkflowError } from "../../../lib/errors.ts";
import { compareSpecifications, type Comparison, isEqual } from "../../../lib/versions/compare.ts";
import { describeInstanceChange } from "../../../lib/versions/describe.ts";
import { clip, tinyWorkflow } from "../../program/program.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

/** A folder in which workflows are compared. */
async function comparing() {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  return {
    at,
    async write(name: string, text: string | Uint8Array) {
      await Deno.mkdir(join(at(name), ".."), { recursive: true });
      await Deno.writeFile(at(name), typeof text === "string" ? new TextEncoder().encode(text) : text);
      return at(name);
    },
    async compare(from: string, to: string): Promise<Comparison> {
      const side = (text: string) => readSide(text, { out: at("runs") });
      return compareSpecifications((await side(from)).specification, (await side(to)).specification);
    },
    /** Compares the tiny workflow with another. */
    async changed(text: string): Promise<Comparison> {
      return await this.compare(await this.write("a.yaml", tinyWorkflow), await this.write("b.yaml", text));
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

function words({ instances }: Comparison): readonly string[] {
  return instances.flatMap(describeInstanceChange).map((line) => line.trim());
}

Deno.test("comments, the order of keys and defaults that are written out make no difference", async () => {
  await using place = await comparing();
  const shuffled = tinyWorkflow
    .replace(
      "{ generate: dead_leaves, height: 24, width: 32, frames: 8 }",
      "{ frames: 8, width: 32, height: 24, generate: dead_leaves, fit: stretch }",
    )
    .replace(
      "    padding: 1\n    frames: 4\n",
      "    frames: 4   # as many as needed\n    padding: 1\n    seed: 1\n    blend: 0.95\n",
    );
  assert.notEqual(shuffled, tinyWorkflow);
  const comparison = await place.changed(shuffled);
  assert.deepEqual(comparison, { settings: [], clips: [], weights: [], instances: [], same: 2 });
});

Deno.test("an edited setting is named with both values, and so are the instances that it changes", async () => {
  await using place = await comparing();
  const comparison = await place.changed(tinyWorkflow.replace("learning_rate: 0.01", "learning_rate: 0.02"));
  assert.deepEqual(comparison.settings, [
    { path: "stages.tiny.octaves.steps.0.learning_rate", from: 0.01, to: 0.02 },
  ]);
  assert.deepEqual(words(comparison), [
    "changed: tiny",
    "octaves.0.learning_rate changed from 0.01 to 0.02",
  ]);
  assert.equal(comparison.same, 1);
});

Deno.test("a renamed stage and a renamed clip are the same", async () => {
  await using place = await comparing();
  const renamed = tinyWorkflow.replace("  clip:", "  scene:").replace("texture: clip", "texture: scene")
    .replace("  tiny:", "  other:");
  assert(isEqual(await place.changed(renamed)));
});

Deno.test("more frames change no frame that is there", async () => {
  await using place = await comparing();
  const comparison = await place.changed(tinyWorkflow.replace("frames: 4", "frames: 6"));
  assert.deepEqual(comparison.settings, [{ path: "stages.tiny.frames", from: 4, to: 6 }]);
  assert(words(comparison).includes("longer: tiny, 4 -> 6 frames, of which the first 4 stay"));
});

Deno.test("a value that joins a matrix is a new instance, and a change of the stage is told once for all", async () => {
  await using place = await comparing();
  const seeds = (list: string) => `${tinyWorkflow}    matrix: { seed: [${list}] }\n    seed: $seed\n`;
  const from = await place.write("a.yaml", seeds("1, 2"));
  const to = await place.write("b.yaml", seeds("2, 1, 3").replace("padding: 1", "padding: 0"));
  const comparison = await place.compare(from, to);
  assert.deepEqual(comparison.settings, [{ path: "stages.tiny.padding.frames", from: 1, to: 0 }]);
  assert.deepEqual(comparison.instances.map(({ change, name }) => [change, name]), [
    ["changed", "tiny[seed=1]"],
    ["changed", "tiny[seed=2]"],
    ["new", "tiny[seed=3]"],
  ]);
});

Deno.test("what is extended counts as if it stood in the file", async () => {
  await using place = await comparing();
  const from = await place.write("a.yaml", tinyWorkflow);
  const same = await place.write("b.yaml", "metamer: 1\nextends: a.yaml\n");
  assert(isEqual(await place.compare(from, same)));
  const other = await place.write("c.yaml", "extends: a.yaml\nmetamer: 1\nstages: { tiny: { seed: 5 } }\n");
  const { settings } = await place.compare(from, other);
  assert.deepEqual(settings, [{ path: "stages.tiny.seed", from: 1, to: 5 }]);
});

Deno.test("a clip is its content: one that lies elsewhere is the same, one with other frames is not", async () => {
  await using place = await comparing();
  const text = (file: string) => tinyWorkflow.replace(/clip: \{.*/, `clip: { file: ${file} }`);
  await place.write("mine.y4m", clip(8));
  await place.write("moved/renamed.y4m", clip(8));
  await place.write("longer.y4m", clip(9));
  const from = await place.write("a.yaml", text("mine.y4m"));
  assert(isEqual(await place.compare(from, await place.write("b.yaml", text("moved/renamed.y4m")))));
  const other = await place.compare(from, await place.write("c.yaml", text("longer.y4m")));
  assert.deepEqual(other.settings, []);
  assert.deepEqual(other.clips.map(({ name }) => name), ["clip"]);
  assert.deepEqual(other.instances.map(({ name }) => name), ["clip", "tiny"]);
});

Deno.test("what cannot be compared is refused with what can", async () => {
  await using place = await comparing();
  const [folder, file] = [place.at("."), await place.write("b.json", "{}")];
  await assert.rejects(
    readSide(folder, {}),
    (error) => error instanceof WorkflowError && /no specification.json/.test(error.message),
  );
  await assert.rejects(readSide(file, {}), /no frozen file|neither a frozen file nor a manifest/);
});
