import assert from "node:assert/strict";
import { frameToBytes } from "../../lib/frames/bytes.ts";
import { uniformNoise } from "../../lib/frames/noise.ts";
import { encodeLossless, encodeShareable, shareable } from "../../lib/video/encode.ts";
import { probeStreams } from "../../lib/video/ffprobe.ts";
import { RunError } from "../../lib/errors.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { decoded, inOrder, probed, scrambledFrame } from "./clips.ts";

const levels = [0, 32, 64, 96, 128, 160, 192, 224, 255];
const grays = levels.map((level) => [level, level, level] as const);
const colors = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [0, 255, 255],
  [255, 0, 255],
  [255, 255, 0],
  [180, 90, 40],
] as const;
const patches = [...grays, ...colors];

/** Patches of 32 x 32 pixels in a 4 x 4 grid. */
const chart = { height: 128, width: 128 };
const chartFrame = Uint8Array.from({ length: chart.height * chart.width * 3 }, (_, i) => {
  const [row, column] = [Math.floor(i / 3 / chart.width), Math.floor(i / 3) % chart.width];
  return patches[4 * Math.floor(row / 32) + Math.floor(column / 32)]![i % 3]!;
});

/** Signed differences between a decoded chart and the chart, inside each patch: the mean of each channel. */
function patchErrors(frame: Uint8Array): number[][] {
  return patches.map((patch, index) => {
    const sums = [0, 0, 0];
    for (let y = 8; y < 24; y++) {
      for (let x = 8; x < 24; x++) {
        const pixel = (32 * Math.floor(index / 4) + y) * chart.width + 32 * (index % 4) + x;
        for (const c of [0, 1, 2] as const) sums[c] = sums[c]! + frame[3 * pixel + c]! - patch[c];
      }
    }
    return sums.map((sum) => sum / 256);
  });
}

/** What the design promises of the chart. */
function comesBack(frame: Uint8Array): boolean {
  const errors = patchErrors(frame);
  const largest = (some: number[][]) => Math.max(...some.flat().map(Math.abs));
  const mean = errors.flat().reduce((sum, error) => sum + error, 0) / errors.flat().length;
  return largest(errors.slice(0, 9)) <= 1 && largest(errors.slice(9)) <= 3 && Math.abs(mean) < 0.3;
}

Deno.test("the lossless video gives back round(255 x) in every byte, odd sizes too", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const size = { height: 35, width: 51 };
  const frames = [-1, 0, 1].map((frame) =>
    frameToBytes(uniformNoise({ seed: 1, frame, purpose: "generated" }, size.height, size.width))
  );
  const path = `${folder}/clip.mkv`;
  await encodeLossless(path, inOrder(frames), { size, fps: "60000/1001" });
  assert.deepEqual(await decoded(path), frames);
  const probe = await probed(path);
  assert.equal(probe.fps, "60000/1001");
  assert.equal(probe.codec, "ffv1");
  assert.deepEqual(probe.color, { matrix: "rgb", range: "full", assumed: false });
});

Deno.test("the lossless video is the same file every time", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const size = { height: 40, width: 64 };
  const files = [];
  for (const name of ["a", "b"]) {
    await encodeLossless(`${folder}/${name}.mkv`, inOrder([scrambledFrame(size, 0)]), {
      size,
      fps: "25/1",
    });
    files.push(await Deno.readFile(`${folder}/${name}.mkv`));
  }
  assert.deepEqual(files[0], files[1]);
});

Deno.test("a chart of grays and colors comes back from the shareable video", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/chart.mp4`;
  const frames = Array.from({ length: 5 }, () => chartFrame);
  await encodeShareable(path, inOrder(frames), { size: chart, fps: "25/1" }, "pad");
  for (const frame of await decoded(path)) assert.ok(comesBack(frame), JSON.stringify(patchErrors(frame)));
  const stream = await probeStreams(path, ["-select_streams", "V:0"]);
  assert.ok("streams" in stream);
  const { color_space, color_primaries, color_transfer, color_range, pix_fmt } = stream.streams[0]!;
  assert.deepEqual([color_space, color_primaries, color_transfer], ["bt709", "bt709", "bt709"]);
  assert.deepEqual([color_range, pix_fmt], ["tv", "yuv420p"]);
});

Deno.test("the chart does not come back when the matrix is left to ffmpeg", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/chart.mp4`;
  const filters = shareable.filters.map((filter) => filter.replace(":out_color_matrix=bt709", ""));
  assert.notDeepEqual(filters, shareable.filters);
  await encodeShareable(path, inOrder([chartFrame]), { size: chart, fps: "25/1" }, "pad", {
    ...shareable,
    filters,
  });
  const [frame] = await decoded(path);
  assert.ok(!comesBack(frame!));
});

Deno.test("the shareable video can be played while it loads: its index stands before its frames", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/chart.mp4`;
  await encodeShareable(path, inOrder([chartFrame]), { size: chart, fps: "25/1" }, "pad");
  const file = new TextDecoder("latin1").decode(await Deno.readFile(path));
  assert.ok(file.indexOf("moov") > 0 && file.indexOf("moov") < file.indexOf("mdat"));
});

Deno.test("odd sides become even as told", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const size = { height: 31, width: 45 };
  const frame = new Uint8Array(size.height * size.width * 3).fill(100);
  for (
    const [odd, expected] of [["pad", { height: 32, width: 46 }], ["crop", {
      height: 30,
      width: 44,
    }]] as const
  ) {
    const path = `${folder}/${odd}.mp4`;
    await encodeShareable(path, inOrder([frame]), { size, fps: "25/1" }, odd);
    assert.deepEqual((await probed(path)).size, expected);
    const [back] = await decoded(path);
    assert.ok(back!.every((value) => Math.abs(value - 100) <= 1), "no border of another color");
  }
});

Deno.test("a video that could not be written whole leaves nothing behind, and an older one alone", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/clip.mkv`;
  await Deno.writeTextFile(path, "older");
  const clip = { size: { height: 16, width: 16 }, fps: "25/1" };
  async function* broken() {
    yield await Promise.resolve(new Uint8Array(16 * 16 * 3));
    throw new RunError("frame 1 is damaged");
  }
  await assert.rejects(encodeLossless(path, broken(), clip), /frame 1 is damaged/);
  await assert.rejects(
    encodeLossless(path, inOrder([scrambledFrame(clip.size, 0)]), { ...clip, fps: "0/1" }),
    RunError,
  );
  assert.equal(await Deno.readTextFile(path), "older");
  assert.deepEqual((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["clip.mkv"]);
});
