import assert from "node:assert/strict";
import { RunError } from "../../lib/errors.ts";
import { decodeFrames } from "../../lib/video/decode.ts";
import { encodeLossless } from "../../lib/video/encode.ts";
import { decodeNpz, npzArray } from "../../lib/formats/npz.ts";
import { sharedPath } from "../shared_data.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { decoded, inOrder, probed, scrambledFrame } from "./clips.ts";

const traffic = sharedPath("clips/traffic_640x272.mp4");
const features = sharedPath("golden/features.npz");

/** Runs on a lossless clip of scrambled frames. */
async function withClip(
  count: number,
  use: (path: string, frames: Uint8Array[]) => Promise<void>,
): Promise<void> {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const size = { height: 24, width: 40 };
  const frames = Array.from({ length: count }, (_, index) => scrambledFrame(size, index));
  await encodeLossless(`${folder}/clip.mkv`, inOrder(frames), { size, fps: "25/1" });
  await use(`${folder}/clip.mkv`, frames);
}

Deno.test("decodeFrames() gives the frames that start, step and count say", async () => {
  await withClip(12, async (path, frames) => {
    assert.deepEqual(await decoded(path, { start: 3, step: 4, count: 3 }), [
      frames[3],
      frames[7],
      frames[11],
    ]);
    assert.deepEqual(await decoded(path, { count: 2 }), frames.slice(0, 2));
  });
});

Deno.test("decodeFrames() says when the file ends early", async () => {
  await withClip(5, async (path) => {
    await assert.rejects(decoded(path, { start: 2, count: 4 }), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(error.message, /clip\.mkv ended after 3 of the 4 frames/);
      return true;
    });
  });
});

Deno.test("decodeFrames() ends ffmpeg when its reader stops", async () => {
  await withClip(200, async (path, frames) => {
    const { size, color } = await probed(path);
    const choices = {
      path,
      source: size,
      color,
      size,
      fit: "stretch",
      start: 0,
      step: 1,
      count: 200,
    } as const;
    for await (const frame of decodeFrames(choices)) {
      assert.deepEqual(frame, frames[0]);
      break;
    }
  });
});

Deno.test("a file that is no video is a RunError with ffmpeg's reason", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/notes.mp4`;
  await Deno.writeTextFile(path, "not a video");
  const size = { height: 4, width: 4 };
  const color = { matrix: "rgb", range: "full", assumed: false } as const;
  const choices = { path, source: size, color, size, fit: "stretch", start: 0, step: 1, count: 1 } as const;
  await assert.rejects(Array.fromAsync(decodeFrames(choices)), (error) => {
    assert.ok(error instanceof RunError);
    assert.match(error.message, /notes\.mp4 could not be decoded: Invalid data found/);
    return true;
  });
});

/** A frame whose left half is red and whose right half is blue. */
function halves(height: number, width: number): Uint8Array {
  const color = (i: number) => (Math.floor(i / 3) % width < width / 2 ? [255, 0, 0] : [0, 0, 255])[i % 3]!;
  return Uint8Array.from({ length: height * width * 3 }, (_, i) => color(i));
}

Deno.test("fit stretches, cuts at the middle, or fills up with black", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/halves.mkv`;
  await encodeLossless(path, inOrder([halves(20, 80)]), { size: { height: 20, width: 80 }, fps: "25/1" });
  const at = (
    frame: Uint8Array,
    y: number,
    x: number,
  ) => [...frame.subarray((y * 40 + x) * 3, (y * 40 + x) * 3 + 3)];
  const fitted = async (fit: "stretch" | "crop" | "pad") => {
    const [frame] = await decoded(path, { size: { height: 40, width: 40 }, fit, count: 1 });
    return frame!;
  };
  for (const fit of ["stretch", "crop"] as const) {
    const frame = await fitted(fit);
    for (const y of [2, 37]) {
      assert.deepEqual([at(frame, y, 5), at(frame, y, 35)], [[255, 0, 0], [0, 0, 255]]);
    }
  }
  const padded = await fitted("pad");
  assert.deepEqual([at(padded, 20, 5), at(padded, 20, 35)], [[255, 0, 0], [0, 0, 255]]);
  for (const y of [2, 37]) assert.deepEqual(at(padded, y, 5), [0, 0, 0]);
});

Deno.test({
  name:
    "a real clip is decoded to the frames that OpenCV sees, but for the levels by which OpenCV's are darker",
  ignore: traffic === undefined || features === undefined,
  fn: async () => {
    const { data, shape: [count] } = npzArray(decodeNpz(await Deno.readFile(features!)), "frames", features!);
    if (!(data instanceof Uint8Array)) throw new Error("the golden frames are not 8-bit");
    const frames = await decoded(traffic!, { count: count! });
    for (const [index, frame] of frames.entries()) {
      const golden: Uint8Array = data.subarray(index * frame.length, (index + 1) * frame.length);
      const differences: number[] = Array.from(frame, (value, i) => value - golden[i]!);
      // ffmpeg's fast converter, which OpenCV uses, truncates: exact arithmetic gives 1.2 levels more on average.
      const bias = [0, 1, 2].map((c) => {
        const channel = differences.filter((_, i) => i % 3 === c);
        return channel.reduce((sum, value) => sum + value, 0) / channel.length;
      });
      for (const value of bias) assert.ok(value > 0.8 && value < 1.5, `frame ${index}: bias ${bias}`);
      const rest = differences.reduce((sum, value, i) => sum + Math.abs(value - bias[i % 3]!), 0) /
        frame.length;
      assert.ok(rest < 0.7, `frame ${index}: ${rest}`);
    }
  },
});
