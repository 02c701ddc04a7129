import assert from "node:assert/strict";
import { generatorDefaults } from "../../../lib/frames/generated/generators.ts";
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
