import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { encodeImages } from "../../lib/video/encode_images.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("when a source of frames fails, ffmpeg has ended and writes no more once the error is there", async () => {
  await using temporary = await temporaryFolder();
  const size = { height: 240, width: 320 };
  async function* failing() {
    for (let frame = 0; frame < 40; frame++) yield new Uint8Array(size.height * size.width * 3).fill(frame);
    await Promise.resolve();
    throw new RangeError("no more");
  }
  await assert.rejects(() => encodeImages(temporary.path, failing(), { size, fps: "25/1" }, 8), /no more/);
  const written = () => [...Deno.readDirSync(temporary.path)].map(({ name }) => name).sort();
  const atOnce = written();
  await setTimeout(500);
  assert.deepEqual(written(), atOnce);
});
