import assert from "node:assert/strict";
import { frameToBytes } from "../../lib/frames/bytes.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { generateFrame } from "../../lib/frames/generated/generators.ts";
import { generatorDefaults } from "../../lib/frames/generated/settings.ts";
import { lightFromSrgb, type Transfer } from "../../lib/frames/transfer.ts";
import type { Decoding } from "../../lib/video/decode.ts";
import { decodeValues } from "../../lib/video/decode_values.ts";
import { valuesOf } from "../../lib/video/values.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { decoded, probed } from "./clips.ts";
import { grayPicture, makeImage, makeMedia, type Picture, words } from "./media.ts";

/** Frames of a file as numbers. */
async function valuesIn(
  path: string,
  { transfer = "srgb", gray = false, ...choices }: Partial<Decoding> & {
    readonly transfer?: Transfer;
    readonly gray?: boolean;
  } = {},
): Promise<Frame[]> {
  const { size, color, frames, pixelFormat } = await probed(path);
  const whole = {
    path,
    source: size,
    color,
    size,
    fit: "stretch",
    start: 0,
    step: 1,
    count: frames,
  } as const;
  const values = valuesOf({ format: pixelFormat, transparent: false }, transfer);
  return await Array.fromAsync(decodeValues({ ...whole, ...choices }, { values, transfer, gray }));
}

async function valuesOfImage(
  picture: Picture,
  choices: Parameters<typeof valuesIn>[1] = {},
): Promise<Frame> {
  await using folder = await temporaryFolder();
  await makeImage(`${folder.path}/a.png`, picture);
  const [frame] = await valuesIn(`${folder.path}/a.png`, choices);
  if (frame === undefined) throw new Error("no frame");
  return frame;
}

function near(found: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  assert.equal(found.length, expected.length);
  expected.forEach((value, i) =>
    assert.ok(Math.abs(found[i]! - value) <= tolerance, `${i}: ${found[i]}, ${value}`)
  );
}

Deno.test("every level of a 16-bit PNG is read to 1/65535, in color and in gray", async () => {
  const levels = Array.from({ length: 65536 }, (_, level) => level);
  const gray = { height: 256, width: 256, pixelFormat: "gray16be", bytes: words(levels) };
  const grayFrame = await valuesOfImage(gray);
  const asFloat32 = Float32Array.from(levels, (level) => level / 65535);
  assert.ok(
    levels.every((level) => [0, 1, 2].every((c) => grayFrame.data[3 * level + c] === asFloat32[level])),
  );

  const colors = levels.flatMap((level) => [level, (level * 7919) % 65536, 65535 - level]);
  const color = { height: 256, width: 256, pixelFormat: "rgb48be", bytes: words(colors) };
  const frame = await valuesOfImage(color);
  assert.deepEqual(frame.data, Float32Array.from(colors, (level) => level / 65535));
});

Deno.test("a 10-bit video is read more finely than bytes are", async () => {
  await using folder = await temporaryFolder();
  // Luma of all levels from black, 64, to white, 940; no color.
  const luma = Array.from({ length: 64 * 16 }, (_, i) => 64 + (i % 877));
  const samples = [...luma, ...Array.from({ length: 64 * 16 / 2 }, () => 512)];
  const bytes = Uint8Array.from(samples.flatMap((sample) => [sample & 255, sample >> 8]));
  const path = `${folder.path}/a.mkv`;
  await makeMedia(path, { height: 16, width: 64, pixelFormat: "yuv420p10le" }, [bytes, bytes], [
    "-c:v",
    "ffv1",
  ]);
  const frames = await valuesIn(path);
  assert.equal(frames.length, 2);
  near(frames[1]!.data, luma.flatMap((level) => Array(3).fill((level - 64) / 876)), 1e-4);
});

Deno.test("8-bit colors that become light are exact, however they are stored", async () => {
  const bytes = Uint8Array.from({ length: 16 * 16 * 3 }, (_, i) => (i * 37) % 256);
  const { data } = await valuesOfImage({ height: 16, width: 16, pixelFormat: "rgb24", bytes }, {
    transfer: "linear",
  });
  near(data, Array.from(bytes, (level) => lightFromSrgb(level / 255)), 1e-7);
});

Deno.test("black and white pixels average to half the light", async () => {
  const board = grayPicture(32, 32, (y, x) => (y + x) % 2 * 255);
  const size = { height: 16, width: 16 };
  const inner = ({ data }: Frame) => data.subarray((8 * 16 + 4) * 3, (8 * 16 + 12) * 3);
  const light = await valuesOfImage(board, { transfer: "linear", size });
  near(inner(light), Array(24).fill(0.5), 1e-6);
  const power = await valuesOfImage(grayPicture(32, 32, () => 188), { transfer: { gamma: 2.2 }, size });
  near(inner(power), Array(24).fill(lightFromSrgb(188 / 255) ** (1 / 2.2)), 1e-6);
});

Deno.test("transparent pixels are laid over gray, of the values that are worked with", async () => {
  const bytes = Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 0, 255, 255, 255, 51, 7, 8, 9, 255);
  const picture = { height: 1, width: 4, pixelFormat: "rgba", bytes };
  const coded = await valuesOfImage(picture);
  near(coded.data, [1, 0, 0, 0.5, 0.5, 0.5, 0.6, 0.6, 0.6, 7 / 255, 8 / 255, 9 / 255], 1e-6);
  const light = await valuesOfImage(picture, { transfer: "linear" });
  near(light.data.subarray(3, 9), [0.5, 0.5, 0.5, 0.6, 0.6, 0.6], 1e-6);
  const deep = words([0, 65535, 0, 65535, 1000, 2000, 3000, 0]);
  const fine = await valuesOfImage({ height: 1, width: 2, pixelFormat: "rgba64be", bytes: deep });
  near(fine.data, [0, 1, 0, 0.5, 0.5, 0.5], 1e-6);
});

Deno.test("gray is the luma of coded values, or the luminance of light", async () => {
  const bytes = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 120, 120, 120);
  const picture = { height: 1, width: 4, pixelFormat: "rgb24", bytes };
  const three = (values: readonly number[]) => values.flatMap((value) => [value, value, value]);
  const coded = await valuesOfImage(picture, { gray: true });
  near(coded.data, three([0.299, 0.587, 0.114, 120 / 255]), 1e-6);
  const light = await valuesOfImage(picture, { gray: true, transfer: "linear" });
  near(light.data, three([0.2126, 0.7152, 0.0722, lightFromSrgb(120 / 255)]), 1e-6);
  const power = await valuesOfImage(picture, { gray: true, transfer: { gamma: 2 } });
  near(power.data, three([0.2126, 0.7152, 0.0722, lightFromSrgb(120 / 255)].map(Math.sqrt)), 1e-6);
});

Deno.test("frames of more than 8 bits are cut and filled up as others are", async () => {
  const level = (x: number) => x < 10 ? 0 : 65535;
  const bytes = words(Array.from({ length: 10 * 20 }, (_, i) => level(i % 20)));
  const picture = { height: 10, width: 20, pixelFormat: "gray16be", bytes };
  const row = ({ data }: Frame, y: number) => Array.from({ length: 12 }, (_, x) => data[(y * 12 + x) * 3]);
  const size = { height: 12, width: 12 };
  const cropped = await valuesOfImage(picture, { size, fit: "crop" });
  for (const y of [0, 11]) {
    assert.deepEqual([row(cropped, y)[0], row(cropped, y)[11]], [0, 1]);
  }
  const padded = await valuesOfImage(picture, { size, fit: "pad" });
  assert.deepEqual(row(padded, 0), Array(12).fill(0));
  assert.deepEqual(row(padded, 11), Array(12).fill(0));
  assert.deepEqual([row(padded, 6)[1], row(padded, 6)[10]], [0, 1]);
});

Deno.test("frames that are scaled here and frames that ffmpeg scales look the same", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/a.png`;
  const full = { height: 96, width: 128 };
  const leaves = frameToBytes(generateFrame(generatorDefaults.dead_leaves, 0, full));
  await makeImage(path, { ...full, pixelFormat: "rgb24", bytes: leaves });
  for (const size of [{ height: 40, width: 64 }, { height: 150, width: 200 }]) {
    const [ours] = await valuesIn(path, { size });
    const [theirs] = await decoded(path, { size });
    const differences = frameToBytes(ours!).map((value, i) => Math.abs(value - theirs![i]!));
    const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
    assert.ok(mean < 1, `${JSON.stringify(size)}: ${mean}`);
  }
});
