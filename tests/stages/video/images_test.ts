import assert from "node:assert/strict";
import { join } from "node:path";
import { describeProblem, type ProblemFact } from "../../../lib/workflow/problems.ts";
import type { Recall } from "../../../lib/plan/stage_kind.ts";
import { inspectVideo } from "../../../lib/stages/video/inspect.ts";
import { videoKind } from "../../../lib/stages/video/kind.ts";
import { sha256OfFile } from "../../../lib/store/checksum.ts";
import { openFindings } from "../../../lib/store/findings.ts";
import { type TemporaryFolder, temporaryFolder } from "../../temporary_folder.ts";
import { convertMedia, makeImage, words } from "../../video/media.ts";
import { defaults, inspect, run } from "./stage.ts";

const size = { height: 4, width: 6 };

/** An image of one gray of 8 bits. */
async function image(folder: TemporaryFolder, name: string, level: number, { height, width } = size) {
  const path = join(folder.path, name);
  await Deno.mkdir(join(path, ".."), { recursive: true });
  const bytes = new Uint8Array(height * width * 3).fill(level);
  // ffmpeg would take some names for patterns when it writes, too.
  const made = join(folder.path, "made.png");
  await makeImage(made, { height, width, pixelFormat: "rgb24", bytes });
  await Deno.rename(made, path);
}

async function images(names: readonly string[]): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  for (const [index, name] of names.entries()) await image(folder, name, 10 * (index + 1));
  return folder;
}

/** The first value of each frame. */
function levels(frames: readonly (Uint8Array | Float32Array)[]): (number | undefined)[] {
  return frames.map(([first]) => first);
}

Deno.test("a folder of images is a video, in the order of their numbers", async () => {
  await using folder = await images(
    ["in/f 1.png", "in/f 2.png", "in/f 10.png", "in/f 3.png", "notes.txt.png"]
      .filter((name) => name.startsWith("in/")).toSorted(),
  );
  await Deno.writeTextFile(join(folder.path, "in/notes.txt"), "no image");
  await Deno.writeTextFile(join(folder.path, "in/.hidden.png"), "no image");
  // Made in the order of the alphabet: 1, 10, 2, 3. Four is missing up to ten.
  const { facts } = await inspect({ ...defaults, files: "in" }, folder.path);
  assert.deepEqual(facts, [
    { code: "image_missing", file: "in", before: "f 3.png", after: "f 10.png", missing: "f 4.png" },
  ]);
  const { frames } = await run({ ...defaults, files: "in/f ?.png" }, folder.path, folder.path);
  assert.deepEqual(levels(frames), [10, 30, 40]);
});

Deno.test("start, step and frames choose among images", async () => {
  await using folder = await images(["8.png", "9.png", "10.png", "11.png", "12.png"]);
  const settings = { ...defaults, files: ".", start: 1, step: 2 };
  const { frames } = await run(settings, folder.path, folder.path);
  assert.deepEqual(levels(frames), [20, 40]);
  const { facts } = await inspect({ ...settings, frames: 3 }, folder.path);
  assert.deepEqual(facts, [{
    code: "beyond_the_end",
    file: ".",
    frames: 5,
    start: 1,
    wanted: 3,
    step: 2,
    needed: 6,
    most: 2,
  }]);
});

Deno.test("names with quotes, spaces and percent signs are read", async () => {
  await using folder = await images(["it's 1 100%.png", "it's 2 100%.png"]);
  const { frames } = await run({ ...defaults, files: "it's*.png" }, folder.path, folder.path);
  assert.deepEqual(levels(frames), [10, 20]);
});

Deno.test("images have the rate that the workflow says, else 25, which is stated", async () => {
  await using folder = await images(["1.png", "2.png"]);
  const rateAndWords = async (settings: { readonly fps?: string }) => {
    const complete = { ...defaults, files: "*.png", ...settings };
    const { inspected } = await inspect(complete, folder.path);
    assert.ok(inspected);
    return [inspected.video?.fps, videoKind.deviations(complete, { videos: {}, models: {}, inspected })];
  };
  assert.deepEqual(await rateAndWords({}), ["25/1", [
    "25 frames per second assumed: images carry no rate, and the workflow states none",
  ]]);
  assert.deepEqual(await rateAndWords({ fps: "60/1" }), ["60/1", []]);
});

Deno.test("the key of images depends on contents and order, not on names", async () => {
  const keyOf = async (names: readonly string[], files: string) => {
    await using folder = await images(names);
    const settings = { ...defaults, files };
    const { inspected } = await inspect(settings, folder.path);
    assert.ok(inspected);
    return videoKind.keyed(settings, { videos: {}, models: {}, inspected });
  };
  const key = await keyOf(["a/1.png", "a/2.png", "a/3.png"], "a");
  assert.deepEqual(await keyOf(["b/c/x10.png", "b/c/x11.png", "b/c/x12.png"], "b/c/x*.png"), key);
  assert.notDeepEqual(await keyOf(["a/2.png", "a/1.png", "a/3.png"], "a"), key);
  assert.notDeepEqual(await keyOf(["a/1.png", "a/2.png"], "a"), key);
});

Deno.test("images that are not of one size and kind are a problem that names the first other one", async () => {
  await using folder = await images(["1.png", "2.png", "3.png"]);
  await image(folder, "2.png", 5, { height: 4, width: 8 });
  const of = async (files: string) => (await inspect({ ...defaults, files }, folder.path)).facts;
  const first = { first: "1.png", needed: "4 x 6, 8-bit color" };
  assert.deepEqual(await of("?.png"), [
    { code: "image_differs", file: "2.png", is: "4 x 8, 8-bit color", ...first },
  ]);
  const deep = { ...size, pixelFormat: "gray16be", bytes: new Uint8Array(48) };
  await makeImage(join(folder.path, "2.png"), deep);
  assert.deepEqual(await of("."), [
    { code: "image_differs", file: "2.png", is: "4 x 6, 16-bit gray", ...first },
  ]);
  await Deno.writeTextFile(join(folder.path, "2.png"), "damaged");
  const [damaged] = await of(".");
  assert.ok(
    damaged?.code === "image_differs" && damaged.is.startsWith("no image: "),
    JSON.stringify(damaged),
  );
});

Deno.test("an image that is cut short is a problem", async () => {
  await using folder = await images(["1.png", "2.png", "3.png"]);
  const path = join(folder.path, "2.png");
  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.subarray(0, bytes.length - 20));
  assert.deepEqual((await inspect({ ...defaults, files: "?.png" }, folder.path)).facts, [
    {
      code: "image_differs",
      file: "2.png",
      is: "no image: it is cut short",
      first: "1.png",
      needed: "4 x 6, 8-bit color",
    },
  ]);
});

Deno.test("no image takes the place of one that is damaged inside", async () => {
  await using folder = await images(["1.png", "2.png", "3.png"]);
  const path = join(folder.path, "2.png");
  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.fill(255, 45, bytes.length - 16));
  const settings = { ...defaults, files: "?.png" };
  await assert.rejects(run(settings, folder.path, folder.path), /could not be decoded/);
  await assert.rejects(run({ ...settings, frames: 2 }, folder.path, folder.path), /could not be decoded/);
  const { frames } = await run({ ...settings, frames: 1 }, folder.path, folder.path);
  assert.deepEqual(levels(frames), [10]);
});

Deno.test("a path that ffmpeg misreads in a list of images is a problem", async () => {
  for (const name of ["in\nside/1.png", "1\n.png", "1%d.png", "1%03d.png", "%[in]/1.png", "1%?.png"]) {
    await using folder = await images([name]);
    const { problems } = await inspect({ ...defaults, files: join(name, "..") }, folder.path);
    assert.deepEqual(problems, ["files file_unreadable"], JSON.stringify(name));
  }
});

Deno.test("images that are asked of ffprobe are asked once for each content", async () => {
  await using folder = await images(["1.png", "2.png"]);
  for (const name of ["1", "2"]) {
    await convertMedia(join(folder.path, `${name}.png`), join(folder.path, `${name}.bmp`), []);
  }
  await Deno.copyFile(join(folder.path, "2.bmp"), join(folder.path, "3.bmp"));
  const findings = await openFindings(join(folder.path, "findings.json"));
  const asked: string[] = [];
  const recall: Recall = (what, sha256, find) =>
    findings.recall(what, sha256, () => {
      asked.push(sha256);
      return find();
    });
  const settings = { ...defaults, files: "*.bmp" };
  const found = await inspectVideo(settings, folder.path, () => assert.fail(), sha256OfFile, recall);
  assert.deepEqual([found?.video.frames, asked.length, new Set(asked).size], [3, 2, 2]);
});

Deno.test("nothing at a path, nothing in it, and images of several kinds are problems", async () => {
  await using folder = await images(["in/1.png", "in/2.png"]);
  await Deno.mkdir(join(folder.path, "empty"));
  await Deno.writeTextFile(join(folder.path, "in/3.jpg"), "of another kind");
  const codes = async (files: string) => (await inspect({ ...defaults, files }, folder.path)).problems;
  assert.deepEqual(await codes("nowhere"), ["files file_missing"]);
  assert.deepEqual(await codes("nowhere/*.png"), ["files file_missing"]);
  assert.deepEqual(await codes("in/1.png"), ["files file_missing"]);
  assert.deepEqual(await codes("empty"), ["files no_images"]);
  assert.deepEqual(await codes("in/*.bmp"), ["files no_images"]);
  assert.deepEqual(await codes("in"), ["files image_kinds"]);
  assert.deepEqual(await codes("i*/*.png"), ["files pattern_in_folder"]);
  assert.deepEqual(await codes("in/*.png"), []);
});

Deno.test("images that changed after planning are not decoded", async () => {
  await using folder = await images(["1.png", "2.png"]);
  const settings = { ...defaults, files: "*.png" };
  const changed = { name: "RunError", message: "*.png changed since the run was planned; run again" };
  for (const meanwhile of [() => image(folder, "2.png", 77), () => image(folder, "3.png", 78)]) {
    await assert.rejects(run(settings, folder.path, folder.path, { meanwhile }), changed);
  }
});

Deno.test("images of 16 bits are stored to 1/65535", async () => {
  await using folder = await temporaryFolder();
  const values = Array.from({ length: 4 * 6 * 3 }, (_, i) => (i * 911) % 65536);
  for (const name of ["1.png", "2.png"]) {
    await makeImage(join(folder.path, name), { ...size, pixelFormat: "rgb48be", bytes: words(values) });
  }
  const { frames } = await run({ ...defaults, files: "*.png" }, folder.path, folder.path);
  assert.deepEqual(frames[1], Float32Array.from(values, (value) => value / 65535));
});

Deno.test("problems of images are said in sentences that name the image and the remedy", () => {
  const said = (fact: ProblemFact) => describeProblem(fact, "files");
  assert.equal(
    said({ code: "image_missing", file: "in", before: "f3.png", after: "f10.png", missing: "f4.png" }),
    'between f3.png and f10.png of "in" an image is missing, f4.png or more',
  );
  const differs = { file: "in/2.png", is: "4 x 8, 8-bit gray", first: "1.png", needed: "4 x 6, 8-bit gray" };
  assert.equal(
    said({ code: "image_differs", ...differs }),
    '"in/2.png" is 4 x 8, 8-bit gray; the images of a sequence must all be as the first one, 1.png: 4 x 6, 8-bit gray',
  );
  assert.equal(
    said({ code: "image_kinds", file: "in", first: "1.png", other: "2.jpg" }),
    '"in" has images of several kinds, 1.png and 2.jpg; write a pattern that means one of them',
  );
  assert.equal(
    said({ code: "no_images", file: "in" }),
    'there is no image at "in"; write a folder of images, or a pattern such as frames/*.png',
  );
  assert.equal(
    said({ code: "pattern_in_folder", file: "i*/a.png" }),
    '"i*/a.png" has a pattern in a folder\'s name; *, ? and [ ] may stand in the last name alone',
  );
});
