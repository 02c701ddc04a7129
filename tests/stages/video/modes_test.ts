import assert from "node:assert/strict";
import { join } from "node:path";
import { generateFrame } from "../../../lib/frames/generated/generators.ts";
import { generatorDefaults } from "../../../lib/frames/generated/settings.ts";
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import { videoKind } from "../../../lib/stages/video/kind.ts";
import type { VideoEntry } from "../../../lib/stages/video/schema.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { grayPicture, makeImage, makeMedia } from "../../video/media.ts";
import { defaults, inspect, run } from "./stage.ts";

const size = { height: 32, width: 32 };

/** Two frames of a checkerboard of single pixels. */
async function checkerboard() {
  const folder = await temporaryFolder();
  const { bytes } = grayPicture(32, 32, (y, x) => (y + x) % 2 * 255);
  const path = join(folder.path, "board.mkv");
  await makeMedia(path, { ...size, pixelFormat: "gray" }, [bytes, bytes], [
    "-c:v",
    "ffv1",
    "-pix_fmt",
    "bgr0",
  ]);
  return folder;
}

const board = { ...defaults, file: "board.mkv" };

async function keyOf(settings: VideoEntry, folder: string) {
  const { inspected } = await inspect(settings, folder);
  assert.ok(inspected);
  return videoKind.keyed(settings, { videos: {}, models: {}, inspected });
}

Deno.test("the key of an 8-bit file in coded colors is what it always was", async () => {
  await using folder = await checkerboard();
  const { inspected } = await inspect(board, folder.path);
  assert.deepEqual(await keyOf(board, folder.path), {
    files: { file: inspected?.digests.file },
    colors: { matrix: "rgb", range: "full", assumed: false },
    height: 32,
    width: 32,
    fit: "stretch",
    fps: "25/1",
    start: 0,
    step: 1,
    color: "rgb",
  });
  assert.ok((await run(board, folder.path, folder.path)).frames[0] instanceof Uint8Array);
});

Deno.test("another transfer, more than 8 bits and transparency are in the key", async () => {
  await using folder = await checkerboard();
  const bytes = new Uint8Array(8);
  await makeImage(join(folder.path, "deep.png"), { height: 1, width: 4, pixelFormat: "gray16be", bytes });
  await makeImage(join(folder.path, "clear.png"), { height: 1, width: 2, pixelFormat: "rgba", bytes });
  const added = async (settings: Partial<VideoEntry> & { readonly file: string }) => {
    const { transfer, values, alpha } = Object(await keyOf({ ...defaults, ...settings }, folder.path));
    return { transfer, values, alpha };
  };
  const nothing = { transfer: undefined, values: undefined, alpha: undefined };
  assert.deepEqual(await added({ file: "board.mkv", transfer: "linear" }), {
    ...nothing,
    transfer: "linear",
  });
  assert.deepEqual(await added({ file: "deep.png" }), { ...nothing, values: "float32" });
  assert.deepEqual(await added({ file: "clear.png" }), { ...nothing, alpha: "over gray" });
});

Deno.test("a checkerboard at half the size is 0.5 in frames of light", async () => {
  await using folder = await checkerboard();
  const settings: VideoEntry = { ...board, height: 16, width: 16, transfer: "linear" };
  const { inspected } = await inspect(settings, folder.path);
  assert.equal(inspected?.video?.transfer, "linear");
  const { frames: [frame] } = await run(settings, folder.path, folder.path);
  assert.ok(frame instanceof Float32Array);
  const mean = frame.reduce((sum: number, value: number) => sum + value, 0) / frame.length;
  assert.ok(Math.abs(mean - 0.5) < 1e-6, `${mean}`);
  assert.ok(Math.abs(frame[(8 * 16 + 8) * 3]! - 0.5) < 1e-6);
});

Deno.test("gray frames are gray in every mode, and known to be", async () => {
  await using folder = await temporaryFolder();
  const bytes = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 7919) % 256);
  await makeImage(join(folder.path, "a.png"), { ...size, pixelFormat: "rgb24", bytes });
  const origins = [{ file: "a.png" }, { generate: generatorDefaults.dead_leaves, width: 16 }];
  for (const origin of origins) {
    for (const transfer of ["srgb", "linear", { gamma: 2.2 }] as const) {
      const choices = { ...defaults, color: "gray", transfer, height: 16, frames: 1 } as const;
      const settings: VideoEntry = { ...choices, ...origin };
      assert.equal((await inspect(settings, folder.path)).inspected?.video?.color, "gray");
      await using runs = await temporaryFolder();
      const { frames: [frame] } = await run(settings, folder.path, runs.path);
      assert.ok(frame && frame.length > 0);
      const isGray = (_: number, i: number) => frame[i] === frame[i - (i % 3)];
      assert.ok(Array.from(frame).every(isGray), JSON.stringify(settings));
    }
  }
});

Deno.test("a generated clip's values are those that are worked with", async () => {
  await using folder = await temporaryFolder();
  const generate = generatorDefaults.grating;
  const choices = { ...defaults, ...size, frames: 1, generate } as const;
  const expected = generateFrame(generate, 0, size);
  const light = await run({ ...choices, transfer: "linear" }, folder.path, folder.path);
  assert.deepEqual(light.frames[0], expected.data);
  await using other = await temporaryFolder();
  const coded = await run(choices, other.path, other.path);
  assert.deepEqual(coded.frames[0], frameToBytes(expected));
});

Deno.test("an 8-bit image with transparency is stored as bytes, over gray", async () => {
  await using folder = await temporaryFolder();
  const bytes = Uint8Array.of(255, 0, 0, 255, 9, 9, 9, 0);
  await makeImage(join(folder.path, "a.png"), { height: 1, width: 2, pixelFormat: "rgba", bytes });
  const { frames } = await run({ ...defaults, file: "a.png", frames: 1 }, folder.path, folder.path);
  assert.deepEqual(frames, [Uint8Array.of(255, 0, 0, 128, 128, 128)]);
});
