import assert from "node:assert/strict";
import { streamTraits } from "../../lib/video/stream_traits.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { encodeLossless } from "../../lib/video/encode.ts";
import { decoded, inOrder, probed, scrambledFrame } from "./clips.ts";
import { convertMedia, makeMedia } from "./media.ts";

const size = { height: 32, width: 64 };
const frames = Array.from(
  { length: 12 },
  (_, index) => Uint8Array.from({ length: 32 * 64 }, (_, i) => (i * (index + 3)) % 256),
);
const h264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p"];

/** A file's traits, size and number of frames. */
async function made(name: string, options: readonly string[]) {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/${name}`;
  await makeMedia(path, { ...size, pixelFormat: "gray" }, frames, options);
  const { traits, fps, frames: count } = await probed(path);
  return { traits, fps, count };
}

Deno.test("an ordinary file has no traits", async () => {
  assert.deepEqual(await made("a.mp4", h264), { traits: {}, fps: "25/1", count: 12 });
});

Deno.test("interlaced video is known by the order of its fields", async () => {
  const { traits } = await made("a.mp4", [...h264, "-flags", "+ilme+ildct", "-top", "1"]);
  assert.deepEqual(traits, { interlaced: "tt" });
});

Deno.test("uneven times are known, and every coded frame is one frame", async () => {
  const dropped = ["-vf", "select='lt(n,4)+gte(n,8)*not(mod(n,2))'", "-vsync", "vfr", ...h264, "-bf", "0"];
  for (const name of ["a.mp4", "a.mkv"]) {
    const { traits, count } = await made(name, dropped);
    assert.equal(count, 6);
    assert.deepEqual(traits, { uneven: { shortest: 0.04, longest: 0.2 } });
  }
});

Deno.test("times that a container has rounded to milliseconds are even", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/a.mkv`;
  const colors = frames.map((_, index) => scrambledFrame(size, index));
  await encodeLossless(path, inOrder(colors), { size, fps: "60000/1001" });
  assert.deepEqual((await probed(path)).traits, {});
});

Deno.test("a curve other than usual video's is known", async () => {
  const pq = ["-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"];
  assert.deepEqual((await made("a.mp4", [...h264, ...pq])).traits, { curve: "smpte2084" });
  const usual = ["-color_trc", "bt709", "-color_primaries", "bt709", "-colorspace", "bt709"];
  assert.deepEqual((await made("a.mp4", [...h264, ...usual])).traits, {});
});

Deno.test("transparency that ffmpeg's decoder passes over is known", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/a.webm`;
  const pixels = Uint8Array.from({ length: 32 * 64 * 4 }, (_, i) => (i * 7) % 256);
  const vp9 = ["-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p"];
  await makeMedia(path, { ...size, pixelFormat: "rgba" }, [pixels, pixels], vp9);
  assert.deepEqual((await probed(path)).traits, { hiddenAlpha: true });
  const tags = { alpha_mode: "1" };
  assert.deepEqual(streamTraits({ tags, pix_fmt: "yuva420p" }), {});
  assert.deepEqual(streamTraits({ tags: { ALPHA_MODE: "1" }, pix_fmt: "yuv420p" }), { hiddenAlpha: true });
});

Deno.test("the turn is clockwise, whichever way the file tells it", () => {
  const turned = (stream: Record<string, unknown>) => streamTraits(stream).turn;
  assert.equal(turned({ side_data_list: [{ rotation: -90 }] }), 90);
  assert.equal(turned({ side_data_list: [{ rotation: 90 }] }), 270);
  assert.equal(turned({ side_data_list: [{ side_data_type: "other" }, { rotation: 180 }] }), 180);
  assert.equal(turned({ tags: { rotate: "90" } }), 90);
  assert.equal(turned({ side_data_list: [{ rotation: 0 }], tags: { rotate: "90" } }), undefined);
  assert.equal(turned({}), undefined);
});

Deno.test("a file that asks to be turned upside down is", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/a.mp4`;
  const half = Uint8Array.from({ length: 32 * 64 }, (_, i) => i < 16 * 64 ? 220 : 40);
  await makeMedia(`${folder.path}/upright.mp4`, { ...size, pixelFormat: "gray" }, [half], h264);
  await convertMedia(`${folder.path}/upright.mp4`, path, ["-c", "copy", "-metadata:s:v", "rotate=180"]);
  assert.equal((await probed(path)).traits.turn, 180);
  const [frame] = await decoded(path);
  assert.ok(frame![0]! < 60 && frame!.at(-1)! > 190);
});
