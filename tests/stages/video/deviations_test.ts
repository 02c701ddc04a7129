import assert from "node:assert/strict";
import { generatorDefaults } from "../../../lib/frames/generated/settings.ts";
import type { Json } from "../../../lib/plan/stage_kind.ts";
import { videoKind } from "../../../lib/stages/video/kind.ts";
import type { VideoEntry } from "../../../lib/stages/video/schema.ts";
import { defaults } from "./stage.ts";

/** What is stated of a file of 100 x 200 that is read at another size. */
function stated(height: number, width: number, fit: VideoEntry["fit"] = "stretch") {
  const color = { matrix: "bt709", range: "limited", assumed: false };
  const details = {
    kind: "video",
    codec: "h264",
    pixel_format: "yuv420p",
    height: 100,
    width: 200,
    frames: 9,
    color,
  };
  const inspected = { video: { height, width, frames: 9, fps: "25/1" }, digests: {}, details };
  return videoKind.deviations({ ...defaults, file: "clip.mp4", fit }, { videos: {}, models: {}, inspected });
}

const stretched = (size: string) =>
  `frames stretched from 100 x 200 to ${size} (height x width), which changes their shape`;
const enlarged = (size: string) =>
  `frames enlarged from 100 x 200 to ${size} (height x width): they have no detail finer than the file's`;

Deno.test("frames that keep their shape and do not grow are no deviation", () => {
  assert.deepEqual(stated(100, 200), []);
  assert.deepEqual(stated(33, 67), []);
  assert.deepEqual(stated(50, 50, "crop"), []);
  assert.deepEqual(stated(400, 200, "pad"), []);
});

Deno.test("frames that are stretched or enlarged are stated", () => {
  assert.deepEqual(stated(100, 100), [stretched("100 x 100")]);
  assert.deepEqual(stated(200, 400), [enlarged("200 x 400")]);
  assert.deepEqual(stated(200, 200), [stretched("200 x 200"), enlarged("200 x 200")]);
  assert.deepEqual(stated(200, 200, "crop"), [enlarged("200 x 200")]);
});

Deno.test("a clip that is made here has no deviations", () => {
  const settings = { ...defaults, generate: generatorDefaults.noise };
  const inspected = {
    video: { height: 9, width: 9, frames: 9, fps: "25/1" },
    digests: {},
    details: { kind: "generated" },
  };
  assert.deepEqual(videoKind.deviations(settings, { videos: {}, models: {}, inspected }), []);
});

/** What is stated of a file of this size whose details and settings differ so. */
function statedOf(
  details: Record<string, Json>,
  settings: Partial<VideoEntry> = {},
  size = { height: 9, width: 9 },
) {
  const color = { matrix: "bt709", range: "limited", assumed: false };
  const usual = {
    kind: "video",
    codec: "h264",
    pixel_format: "yuv420p",
    height: 9,
    width: 9,
    frames: 9,
    color,
  };
  const inspected = {
    video: { ...size, frames: 9, fps: "24/1" },
    digests: {},
    details: { ...usual, fps: "24/1", ...details },
  };
  const facts = { videos: {}, models: {}, inspected };
  return videoKind.deviations({ ...defaults, file: "clip.mp4", ...settings }, facts);
}

Deno.test("a file that a scientist would stumble over is stated", () => {
  assert.deepEqual(statedOf({}), []);
  assert.deepEqual(statedOf({ traits: { interlaced: "tt" } }), [
    "the file is interlaced (tt): each frame shows two moments in alternate rows; nothing was deinterlaced",
  ]);
  assert.deepEqual(statedOf({ traits: { uneven: { shortest: 0.033333, longest: 0.1 } } }), [
    "the file's frames are unevenly spaced in time (33.3 to 100 ms apart): each is used once, at 24 frames per second",
  ]);
  assert.deepEqual(statedOf({ traits: { curve: "smpte2084" } }), [
    "the file's values follow light by PQ; they were used as if they were coded by sRGB",
  ]);
  assert.deepEqual(statedOf({ traits: { hiddenAlpha: true } }), [
    "the file's transparency was not read: all pixels were taken as opaque; convert it to FFV1 or PNG to have it read",
  ]);
});

Deno.test("pixels that are not square are stated with the size that corrects them, until it is given", () => {
  const pixels = (details: Record<string, Json>, settings = {}, size = { height: 288, width: 352 }) =>
    statedOf({ height: 288, width: 352, pixel_aspect: "128:117", ...details }, settings, size);
  const told = (aspect: string, width: number) =>
    `the file's pixels are not square (${aspect}, width to height) and were used as if they were: frames have another ` +
    `shape than in a player; height: 288 and width: ${width} correct it`;
  assert.deepEqual(pixels({}), [told("128:117", 386)]);
  assert.deepEqual(pixels({ traits: { turn: 90 } }), [told("128:117", 322)]);
  assert.deepEqual(pixels({ pixel_aspect: "1001:1000" }), []);
  const corrected = { height: 144, width: 192 };
  assert.deepEqual(pixels({}, {}, corrected), [
    "frames stretched from 288 x 352 to 144 x 192 (height x width), the shape that the file's pixels of 128:117 have in a player",
  ]);
  assert.equal(pixels({}, { fit: "crop" }, corrected).length, 1, "a cut leaves pixels as they are");
});

Deno.test("what becomes of values is stated", () => {
  assert.deepEqual(statedOf({ pixel_format: "yuv420p10le" }), [
    "more than 8 bits per value (yuv420p10le) kept, as float32",
  ]);
  assert.deepEqual(statedOf({ pixel_format: "rgba" }), [
    "transparent pixels, where there are any, laid over gray (0.5)",
  ]);
  assert.deepEqual(statedOf({ pixel_format: "pal8", transparent: true }), [
    "transparent pixels, where there are any, laid over gray (0.5)",
  ]);
  assert.deepEqual(statedOf({}, { color: "gray" }), [
    "red, green and blue are all the luma of the coded values (0.299, 0.587, 0.114)",
  ]);
  assert.deepEqual(statedOf({}, { color: "gray", transfer: { gamma: 2.2 } }), [
    "values are light^(1/2.2), decoded from sRGB before they are resized (the paper works with coded values); files for players are coded by sRGB again",
    "red, green and blue are all the luminance of light (0.2126, 0.7152, 0.0722)",
  ]);
});
