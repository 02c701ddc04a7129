import assert from "node:assert/strict";
import { colorEncoding } from "../../lib/video/color_encoding.ts";
import { encodeLossless, encodeShareable } from "../../lib/video/encode.ts";
import { ffmpegVersion } from "../../lib/video/ffmpeg.ts";
import { fittedSize, scaledSize } from "../../lib/video/fit.ts";
import { probeVideo } from "../../lib/video/probe.ts";
import { lowestTerms, standardRate } from "../../lib/video/rate.ts";
import { sharedPath } from "../shared_data.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { decoded, inOrder, probed, scrambledFrame, silence } from "./clips.ts";

const traffic = sharedPath("clips/traffic_640x272.mp4");
const carphone = sharedPath("clips/carphone_176x144.mp4");

Deno.test("probeVideo() says size, frames, rate and color of a file", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const size = { height: 36, width: 64 };
  const frames = [0, 1, 2, 3, 4, 5, 6].map((index) => scrambledFrame(size, index));
  await encodeShareable(`${folder}/clip.mp4`, inOrder(frames), { size, fps: "30000/1001" }, "pad");
  assert.deepEqual(await probeVideo(`${folder}/clip.mp4`), {
    size,
    frames: 7,
    fps: "30000/1001",
    still: false,
    traits: {},
    cutShort: false,
    color: { matrix: "bt709", range: "limited", assumed: false },
    pixelFormat: "yuv420p",
    codec: "h264",
  });
});

Deno.test("a file that is cut short has the frames that are there, and is known to be cut", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  const size = { height: 32, width: 48 };
  const frames = Array.from({ length: 20 }, (_, index) => scrambledFrame(size, index));
  await encodeLossless(`${folder}/whole.mkv`, inOrder(frames), { size, fps: "25/1" });
  const bytes = await Deno.readFile(`${folder}/whole.mkv`);
  await Deno.writeFile(`${folder}/cut.mkv`, bytes.subarray(0, bytes.length / 2));
  assert.equal((await probed(`${folder}/whole.mkv`)).frames, 20);
  const { frames: rest, cutShort } = await probed(`${folder}/cut.mkv`);
  assert.ok(cutShort);
  assert.ok(rest >= 8 && rest <= 12, `${rest} frames in half of the file`);
});

Deno.test("a file that is no video is a failure with a reason, not an exception", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  await Deno.writeTextFile(`${folder}/notes.mp4`, "not a video");
  assert.deepEqual(await probeVideo(`${folder}/notes.mp4`), { unreadable: "it is a text file" });
  await assert.rejects(probeVideo(`${folder}/missing.mp4`), Deno.errors.NotFound);
});

Deno.test("a sound without pictures is a failure with a reason", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  await Deno.writeFile(`${folder}/silence.wav`, silence());
  assert.deepEqual(await probeVideo(`${folder}/silence.wav`), { unreadable: "there is no video in it" });
});

/** Turns an .mp4 by 90 degrees, as phones do: by the matrix in the header of its track. */
async function turn(path: string): Promise<void> {
  const bytes = await Deno.readFile(path);
  const header = new TextDecoder("latin1").decode(bytes).indexOf("tkhd");
  const view = new DataView(bytes.buffer, header + 4 + 40);
  const one = 0x10000;
  [0, one, 0, -one, 0, 0, 0, 0, 0x40000000].forEach((value, i) => view.setInt32(4 * i, value));
  await Deno.writeFile(path, bytes);
}

Deno.test("a file that asks to be turned has the size that is seen, and is decoded turned", async () => {
  await using temporary = await temporaryFolder();
  const path = `${temporary.path}/phone.mp4`;
  const size = { height: 32, width: 64 };
  const leftBright = Uint8Array.from(
    { length: 32 * 64 * 3 },
    (_, i) => Math.floor(i / 3) % 64 < 32 ? 220 : 40,
  );
  await encodeShareable(path, inOrder([leftBright]), { size, fps: "25/1" }, "pad");
  await turn(path);
  assert.deepEqual((await probed(path)).size, { height: 64, width: 32 });
  const [frame] = await decoded(path);
  const gray = (row: number, column: number) => frame![(row * 32 + column) * 3]!;
  for (const column of [3, 28]) {
    assert.ok(Math.abs(gray(5, column) - 220) <= 2 && Math.abs(gray(58, column) - 40) <= 2);
  }
});

Deno.test({
  name: "the shared clips are what their page says",
  ignore: traffic === undefined || carphone === undefined,
  fn: async () => {
    const street = await probed(traffic!);
    assert.deepEqual([street.size, street.frames, street.fps], [{ height: 272, width: 640 }, 40, "25/1"]);
    assert.deepEqual(street.color, { matrix: "bt601", range: "limited", assumed: true });
    const man = await probed(carphone!);
    assert.deepEqual([man.size, man.frames, man.fps], [{ height: 144, width: 176 }, 120, "30000/1001"]);
    assert.equal(man.pixelAspect, "128:117");
  },
});

Deno.test("colors without tags are taken for BT.601 up to 576 rows, for BT.709 above", () => {
  const untagged = { pixelFormat: "yuv420p", matrix: "unknown", range: "unknown" };
  assert.deepEqual(colorEncoding({ ...untagged, rows: 576 }), {
    matrix: "bt601",
    range: "limited",
    assumed: true,
  });
  assert.deepEqual(colorEncoding({ ...untagged, rows: 577 }), {
    matrix: "bt709",
    range: "limited",
    assumed: true,
  });
});

Deno.test("tags of colors are believed", () => {
  const tagged = (matrix: string, range: string) =>
    colorEncoding({ pixelFormat: "yuv420p", matrix, range, rows: 100 });
  assert.deepEqual(tagged("bt709", "tv"), { matrix: "bt709", range: "limited", assumed: false });
  assert.deepEqual(tagged("smpte170m", "pc"), { matrix: "bt601", range: "full", assumed: false });
  assert.deepEqual(tagged("bt2020nc", ""), { matrix: "bt2020", range: "limited", assumed: true });
  const jpeg = colorEncoding({ pixelFormat: "yuvj420p", matrix: "bt470bg", range: "", rows: 100 });
  assert.deepEqual(jpeg, { matrix: "bt601", range: "full", assumed: false });
  const rgb = colorEncoding({ pixelFormat: "rgb24", matrix: "", range: "", rows: 100 });
  assert.deepEqual(rgb, { matrix: "rgb", range: "full", assumed: false });
});

Deno.test("the side that is left out follows, rounded to an even number", () => {
  const source = { height: 272, width: 640 };
  assert.deepEqual(fittedSize(source, 160, undefined), { height: 160, width: 376 });
  assert.deepEqual(fittedSize(source, undefined, 320), { height: 136, width: 320 });
  assert.deepEqual(fittedSize(source, 101, 103), { height: 101, width: 103 });
  assert.deepEqual(fittedSize({ height: 35, width: 51 }, undefined, undefined), { height: 35, width: 51 });
});

Deno.test("a frame is scaled to cover for crop and to lie inside for pad", () => {
  const source = { height: 272, width: 640 };
  const square = { height: 100, width: 100 };
  assert.deepEqual(scaledSize(source, square, "stretch"), square);
  assert.deepEqual(scaledSize(source, square, "crop"), { height: 100, width: 235 });
  assert.deepEqual(scaledSize(source, square, "pad"), { height: 43, width: 100 });
});

Deno.test("rates are brought to lowest terms", () => {
  assert.deepEqual(["60000/2002", "25/1", "24", "0/0", "", "x"].map(lowestTerms), [
    "30000/1001",
    "25/1",
    "24/1",
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("rates that milliseconds have blurred are recognized, others kept", () => {
  assert.deepEqual(["19001/317", "25/1", "30000/1001", "2997/100", "25001/1000", "12/5"].map(standardRate), [
    "60000/1001",
    "25/1",
    "30000/1001",
    "30000/1001",
    "25001/1000",
    "12/5",
  ]);
});

Deno.test("ffmpegVersion() is what ffmpeg calls itself", async () => {
  assert.match(await ffmpegVersion(), /^[\w.:~+-]+$/);
});
