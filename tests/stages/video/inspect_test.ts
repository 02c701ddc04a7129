import assert from "node:assert/strict";
import { resolve } from "node:path";
import { generatorDefaults } from "../../../lib/frames/generated/settings.ts";
import { sha256OfFile } from "../../../lib/store/checksum.ts";
import { encodeLossless, encodeShareable } from "../../../lib/video/encode.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { inOrder, scrambledFrame } from "../../video/clips.ts";
import { defaults, inspect } from "./stage.ts";

const size = { height: 68, width: 160 };

async function folderWithClip() {
  const folder = await temporaryFolder();
  const frames = Array.from({ length: 10 }, (_, index) => scrambledFrame(size, index));
  await encodeShareable(`${folder.path}/clip.mp4`, inOrder(frames), { size, fps: "50/1" }, "pad");
  return folder;
}

Deno.test("a file is inspected: size, frames and rate as they will be, digest, and what the file is", async () => {
  await using folder = await folderWithClip();
  const settings = { ...defaults, file: "clip.mp4", height: 34, start: 1, step: 2, license: "CC0" };
  const sha256 = await sha256OfFile(`${folder.path}/clip.mp4`);
  const color = { matrix: "bt709", range: "limited", assumed: false };
  const { inspected, problems } = await inspect(settings, folder.path);
  assert.deepEqual(problems, []);
  assert.deepEqual(inspected, {
    video: { height: 34, width: 80, frames: 5, fps: "25/1" },
    digests: { file: sha256 },
    details: {
      kind: "video",
      codec: "h264",
      pixel_format: "yuv420p",
      ...size,
      frames: 10,
      fps: "50/1",
      color,
    },
    origin: { file: "clip.mp4", sha256, start: 1, step: 2, color, license: "CC0" },
  });
});

Deno.test("a missing file, a folder and a text are problems, not exceptions", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/notes.txt`, "no video");
  const problemsOf = async (file: string) => (await inspect({ ...defaults, file }, folder.path)).problems;
  const { facts } = await inspect({ ...defaults, file: "missing.mp4" }, folder.path);
  const path = resolve(folder.path, "missing.mp4");
  assert.deepEqual(facts, [{ code: "file_missing", file: "missing.mp4", path, known: ["notes.txt"] }]);
  assert.deepEqual(await problemsOf("."), ["file file_unreadable"]);
  assert.deepEqual(await problemsOf("notes.txt"), ["file not_a_video"]);
});

Deno.test("more frames than the file has are a problem that says how many are needed", async () => {
  await using folder = await folderWithClip();
  const file = { ...defaults, file: "clip.mp4" };
  const many = await inspect({ ...file, start: 3, step: 2, frames: 5 }, folder.path);
  assert.deepEqual(many.problems, ["frames beyond_the_end"]);
  assert.deepEqual(many.facts, [
    {
      code: "beyond_the_end",
      file: "clip.mp4",
      frames: 10,
      start: 3,
      wanted: 5,
      step: 2,
      needed: 12,
      most: 4,
    },
  ]);
  const late = await inspect({ ...file, start: 10 }, folder.path);
  assert.deepEqual(late.facts, [
    {
      code: "beyond_the_end",
      file: "clip.mp4",
      frames: 10,
      start: 10,
      wanted: 1,
      step: 1,
      needed: 11,
      most: 0,
    },
  ]);
  assert.deepEqual(late.problems, ["start beyond_the_end"]);
  assert.deepEqual((await inspect({ ...file, start: 3, step: 2, frames: 4 }, folder.path)).problems, []);
});

Deno.test("fps for a file that has its own is a problem", async () => {
  await using folder = await folderWithClip();
  const { problems } = await inspect({ ...defaults, file: "clip.mp4", fps: "30/1" }, folder.path);
  assert.deepEqual(problems, ["fps fps_of_file"]);
});

Deno.test("a generated clip has defaults for what is left out", async () => {
  const generate = generatorDefaults.grating;
  const { inspected } = await inspect({ ...defaults, generate }, "/");
  assert.deepEqual(inspected?.video, { height: 360, width: 640, frames: 120, fps: "25/1" });
  const small = await inspect({ ...defaults, generate, height: 120, frames: 12, fps: "60/1", step: 2 }, "/");
  assert.deepEqual(small.inspected?.video, { height: 120, width: 214, frames: 12, fps: "30/1" });
});

Deno.test("a size of its own is kept by a file when none is asked for", async () => {
  await using folder = await temporaryFolder();
  const odd = { height: 35, width: 51 };
  await encodeLossless(`${folder.path}/odd.mkv`, inOrder([scrambledFrame(odd, 0)]), {
    size: odd,
    fps: "25/1",
  });
  const { inspected } = await inspect({ ...defaults, file: "odd.mkv" }, folder.path);
  assert.deepEqual(inspected?.video, { ...odd, frames: 1, fps: "25/1" });
});
