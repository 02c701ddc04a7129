import assert from "node:assert/strict";
import { writeConverted } from "../../lib/video/ffmpeg.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { decoded, inOrder, probed, scrambledFrame } from "./clips.ts";

const size = { height: 32, width: 48 };
const frames = Array.from({ length: 30 }, (_, index) => scrambledFrame(size, index));
const yuv = ["-pix_fmt", "yuv420p"];

const files: Readonly<Record<string, readonly string[]>> = {
  "frames_between.mp4": ["-c:v", "libx264", "-bf", "3", ...yuv],
  "fields.mp4": ["-c:v", "libx264", "-flags", "+ildct+ilme", ...yuv],
  "hidden_frames.webm": ["-c:v", "libvpx", "-auto-alt-ref", "1", "-lag-in-frames", "16", "-b:v", "200k"],
  "super_frames.webm": ["-c:v", "libvpx-vp9", "-b:v", "200k"],
  "lossless.mkv": ["-c:v", "ffv1"],
  "whole_frames.avi": ["-c:v", "mjpeg", "-q:v", "3"],
  "packed.avi": ["-c:v", "mpeg4", "-bf", "2"],
  "program_stream.mpg": ["-c:v", "mpeg1video"],
  "animated.gif": [],
  "plain.y4m": yuv,
};

for (const [name, options] of Object.entries(files)) {
  Deno.test(`as many frames are counted as are decoded: ${name}`, async () => {
    await using folder = await temporaryFolder();
    const path = `${folder.path}/${name}`;
    await writeConverted(inOrder(frames), path, {
      inputOptions: ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "48x32"],
      filters: ["null"],
      outputOptions: options,
    });
    const { frames: counted, cutShort } = await probed(path);
    assert.equal((await decoded(path)).length, counted);
    // Nothing is dropped or repeated by the way in which the file was written.
    assert.equal(counted, frames.length);
    assert.equal(cutShort, false);
  });
}
