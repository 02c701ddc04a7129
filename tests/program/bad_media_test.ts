/** Media files that are no clips, or no whole ones, run as users run them. */
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { encodeLossless, encodeShareable } from "../../lib/video/encode.ts";
import { writeConverted } from "../../lib/video/ffmpeg.ts";
import { inOrder, scrambledFrame, silence } from "../video/clips.ts";
import { clip } from "./program.ts";
import { type RefusalBench, refusalBench } from "./refusals.ts";

const size = { height: 24, width: 32 };
const frames = Array.from({ length: 40 }, (_, index) => scrambledFrame(size, index));

/** A workflow that reads one file; the file's name is in double quotes, as YAML and JSON write them. */
const workflowOf = (file: string) =>
  `metamer: 1
videos:
  clip: { file: ${JSON.stringify(file)}, height: 24, width: 32 }
stages:
  tiny:
    kind: synthesis
    streams: { spatial: vgg19 }
    targets: { spatial_texture: clip }
    octaves: { steps: [{ octave: 0, iterations: 1, learning_rate: 0.01, total_variation: 0 }] }
    padding: 1
`;

interface Files {
  /** H.264 with its index before the frames. */
  readonly indexFirst: Uint8Array;
  readonly indexLast: Uint8Array;
  readonly matroska: Uint8Array;
  readonly gif: Uint8Array;
  readonly png: Uint8Array;
}

async function makeFiles({ folder }: RefusalBench): Promise<Files> {
  const clip = { size, fps: "25/1" };
  const path = (name: string) => join(folder, name);
  const raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${size.width}x${size.height}`];
  const convert = (name: string, count: number, outputOptions: readonly string[]) =>
    writeConverted(inOrder(frames.slice(0, count)), path(name), {
      inputOptions: raw,
      filters: ["null"],
      outputOptions,
    });
  await encodeShareable(path("first.mp4"), inOrder(frames), clip, "pad");
  await convert("last.mp4", 40, ["-c:v", "libx264", "-pix_fmt", "yuv420p"]);
  await encodeLossless(path("whole.mkv"), inOrder(frames), clip);
  await convert("whole.gif", 8, []);
  await convert("whole.png", 1, ["-frames:v", "1"]);
  return {
    indexFirst: await Deno.readFile(path("first.mp4")),
    indexLast: await Deno.readFile(path("last.mp4")),
    matroska: await Deno.readFile(path("whole.mkv")),
    gif: await Deno.readFile(path("whole.gif")),
    png: await Deno.readFile(path("whole.png")),
  };
}

const part = (bytes: Uint8Array, share: number) => bytes.slice(0, Math.round(bytes.length * share));
const text = (content: string) => new TextEncoder().encode(content);

/** The beginning of a PNG: what it claims to be. */
function pngHeader(side: number): Uint8Array {
  const chunk = new Uint8Array(17);
  chunk.set(text("IHDR"));
  new DataView(chunk.buffer).setUint32(4, side);
  new DataView(chunk.buffer).setUint32(8, side);
  chunk.set([8, 2, 0, 0, 0], 12);
  const header = new Uint8Array(33);
  header.set([0x89, ...text("PNG\r\n\x1a\n"), 0, 0, 0, 13]);
  header.set(chunk, 12);
  new DataView(header.buffer).setUint32(29, crc32(chunk));
  return header;
}

const playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nTARGET\n#EXT-X-ENDLIST\n";

Deno.test("files that are no clips are refused where the workflow names them, and nothing is fetched or written", async (test) => {
  await using place = await refusalBench();
  const { indexFirst, indexLast, matroska, gif, png } = await makeFiles(place);
  const elsewhere = join(place.folder, "first.mp4");
  const short =
    /"[^"]*" is cut short: it breaks off after \d+ frames; get the whole file, or .*write frames: \d+/;
  const files: readonly (readonly [name: string, content: Uint8Array, says: RegExp])[] = [
    ["empty.mp4", new Uint8Array(0), /can't be read as a video: it is empty/],
    ["zeros.mp4", new Uint8Array(100_000), /its index is missing/],
    ["text.mp4", text("no video\n".repeat(100)), /it is a text file/],
    ["page.mp4", text("<!DOCTYPE html><title>404</title>"), /it is a text file/],
    ["notes.txt", text("no video\n".repeat(100)), /it is a text file/],
    ["sound.wav", silence(), /there is no video in it/],
    ["index_missing.mp4", part(indexLast, 0.6), /its index is missing \(no moov atom\)/],
    ["cut.mp4", part(indexFirst, 0.6), short],
    ["cut.mkv", part(matroska, 0.5), short],
    ["cut.gif", part(gif, 0.5), short],
    ["cut.png", part(png, 0.5), /it is (damaged or )?cut short/],
    ["header.mkv", part(matroska, 0.003), /it is damaged or cut short/],
    ["16384.png", pngHeader(16384), /larger than 8192 x 8192 pixels/],
    ["9000.png", pngHeader(9000), /can't be read as a video/],
    ["no_size.y4m", text("YUV4MPEG2 W0 H0 F25:1\nFRAME\n"), /their size is damaged/],
    [
      "rate.y4m",
      text("YUV4MPEG2 W2 H2 F1000000000:1 Cmono\nFRAME\nabcd"),
      /1000000000 frames per second; write/,
    ],
    ["one_frame.y4m", clip(1), /clip has 1 frame; padding 1 needs 2/],
    ["list.m3u8", text(playlist.replace("TARGET", "http://127.0.0.1:9/a.ts")), /a playlist \(HLS\)/],
    [
      "list.mp4",
      text(playlist.replace("TARGET", elsewhere)),
      /a playlist \(HLS\), which only names other files/,
    ],
    ["list.ffconcat", text(`ffconcat version 1.0\nfile '${elsewhere}'\n`), /a playlist \(concat script\)/],
    ["list.mpd", text("<?xml version='1.0'?><MPD type='static'></MPD>"), /a playlist \(DASH\)/],
  ];
  const refusals = [];
  for (const [index, [file, content, says]] of files.entries()) {
    await Deno.writeFile(join(place.folder, file), content);
    const path = await place.write(`${index}.yaml`, workflowOf(file));
    refusals.push({
      name: file,
      args: [path],
      code: 2 as const,
      says: [/\.yaml:(3:17|8:33): error: /, says],
    });
  }
  const names: readonly (readonly [file: string, says: RegExp])[] = [
    ["https://127.0.0.1:9/a.mp4", /file must be a file on this machine, got the address/],
    ["concat:first.mp4|first.mp4", /there is no file/],
    ["pipe:0", /there is no file/],
    ["", /file must be a file's path, got ""/],
    ["~/clip.mp4", /~ has no meaning here, write the whole path/],
    ["runs", /can't be read: it is a folder/],
    ["/dev/zero", /it is no file but a device or a pipe/],
    ["../../../../../../../../etc/hostname", /(can't be read as a video|there is no file)/],
  ];
  for (const [index, [file, says]] of names.entries()) {
    const path = await place.write(`name_${index}.yaml`, workflowOf(file));
    refusals.push({ name: file, args: [path], code: 2 as const, says: [/\.yaml:3:17: error: /, says] });
  }
  await place.refuse(test, refusals);
});

Deno.test("a good clip is read under any name and with any ending", async (test) => {
  await using place = await refusalBench();
  const { indexFirst, gif } = await makeFiles(place);
  const names = [
    "-dash.mp4",
    'quote\'s "x".mp4',
    "two\nlines.mp4",
    "Straße 東京.mp4",
    "frame%02d.mp4",
    "a:b.mp4",
    "video.txt",
  ];
  for (const name of names) await Deno.writeFile(join(place.folder, name), indexFirst);
  await Deno.writeFile(join(place.folder, "frame%02d.gif"), gif);
  for (const [index, name] of [...names, "frame%02d.gif"].entries()) {
    await test.step(JSON.stringify(name), async () => {
      await place.events(await place.write(`${index}.yaml`, workflowOf(name)), "--only", "clip");
    });
  }
});
