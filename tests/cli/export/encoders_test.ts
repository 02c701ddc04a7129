import assert from "node:assert/strict";
import { join } from "node:path";
import { encoders } from "../../../lib/cli/export/encoders.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

async function notesOf(height: number, width: number): Promise<readonly (string | undefined)[]> {
  await using folder = await temporaryFolder();
  const data = new Uint8Array(height * width * 3).fill(100);
  const frames: FrameSource = {
    frames: 2,
    frame: () => Promise.resolve({ shape: [height, width, 3], data }),
  };
  const video = { height, width, frames: 2, fps: "25/1" };
  return await Promise.all(
    (["mkv", "mp4"] as const).map((ending) =>
      encoders[ending](frames, video, join(folder.path, `tiny.${ending}`))
    ),
  );
}

Deno.test("the .mp4 of an odd size says that it is padded", async () => {
  const why = ", for H.264 has even sides; the .mkv is not";
  assert.deepEqual(await notesOf(24, 32), [undefined, undefined]);
  assert.deepEqual(await notesOf(25, 32), [undefined, `tiny.mp4 is padded by one row${why}`]);
  assert.deepEqual(await notesOf(25, 33), [undefined, `tiny.mp4 is padded by one row and one column${why}`]);
});
