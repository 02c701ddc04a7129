import assert from "node:assert/strict";
import { join } from "node:path";
import { deliver, type DeliveredFormat } from "../../../lib/cli/export/deliver.ts";
import { RunError } from "../../../lib/errors.ts";
import { decodeNpy } from "../../../lib/formats/npy.ts";
import type { VideoFacts } from "../../../lib/plan/stage_kind.ts";
import type { FrameSource, StoredArray } from "../../../lib/store/stage_store.ts";
import { readFrames } from "../../../mod.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const size = { height: 16, width: 18 };

function source(frames: readonly StoredArray["data"][]): FrameSource {
  return {
    frames: frames.length,
    frame(index) {
      const data = frames[index];
      if (data === undefined) throw new Error(`no frame ${index}`);
      return Promise.resolve({ shape: [size.height, size.width, 3], data });
    },
  };
}

const count = size.height * size.width * 3;
const fine = [0, 1].map((frame) =>
  Float32Array.from({ length: count }, (_, i) => ((i * 7919 + frame) % 65536) / 65535)
);
const coarse = fine.map((frame) => Uint8Array.from(frame, (value) => Math.round(value * 255)));
const video: VideoFacts = { ...size, frames: 2, fps: "25/1" };

const paths: Readonly<Record<DeliveredFormat, string>> = {
  png16: "images",
  png8: "small images",
  npy: "a.npy",
  mp4: "a.mp4",
  mkv: "a.mkv",
};

Deno.test("images of 16 bits come back exactly, in order", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "100% images");
  await deliver("png16", path, source(fine), video);
  assert.deepEqual(Array.from(Deno.readDirSync(path), ({ name }) => name).sort(), [
    "000000.png",
    "000001.png",
  ]);
  assert.deepEqual((await readFrames(path)).frames.map(({ data }) => data), fine);
});

Deno.test("bytes come back exactly from images of 8 and of 16 bits and from the lossless video", async () => {
  await using folder = await temporaryFolder();
  for (const as of ["png8", "png16", "mkv"] as const) {
    const path = join(folder.path, paths[as]);
    await deliver(as, path, source(coarse), video);
    const { frames } = await readFrames(path);
    assert.deepEqual(frames.map(({ data }) => data.map((value) => Math.round(value * 255))), [
      Float32Array.from(coarse[0]!),
      Float32Array.from(coarse[1]!),
    ]);
  }
});

Deno.test("an array has the stored values, time first", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "a.npy");
  for (const frames of [fine, coarse]) {
    await deliver("npy", path, source(frames), { ...video, transfer: "linear" });
    const { shape, data } = decodeNpy(await Deno.readFile(path));
    assert.deepEqual(shape, [2, 16, 18, 3]);
    assert.deepEqual(data.slice(0, count), frames[0]);
    assert.deepEqual(data.slice(count), frames[1]);
  }
});

Deno.test("half the light is 0.735 in every file for people, and in each the same as the others", async () => {
  await using folder = await temporaryFolder();
  const half = [new Float32Array(count).fill(0.5), new Float32Array(count).fill(0.5)];
  const tolerances = { png16: 1e-5, png8: 1 / 510, mkv: 1 / 510, mp4: 1.5 / 255 } as const;
  for (const as of ["png16", "png8", "mkv", "mp4"] as const) {
    const path = join(folder.path, paths[as]);
    await deliver(as, path, source(half), { ...video, transfer: "linear" });
    const { frames } = await readFrames(path);
    const isHalf = (value: number) => Math.abs(value - 0.735357) <= tolerances[as];
    assert.ok(frames.every(({ data }) => data.every(isHalf)), `${as}: ${frames[0]?.data[0]}`);
  }
  await deliver("png16", join(folder.path, "power"), source(half), { ...video, transfer: { gamma: 2 } });
  const { frames: [power] } = await readFrames(join(folder.path, "power"), { transfer: "linear" });
  assert.ok(Math.abs(power!.data[0]! - 0.25) < 1e-4);
});

Deno.test("gray frames have equal channels in every file", async () => {
  await using folder = await temporaryFolder();
  const gray = fine.map((frame) => frame.map((_, i) => frame[i - (i % 3)]!));
  for (const transfer of [undefined, "linear"] as const) {
    const facts: VideoFacts = { ...video, color: "gray", ...(transfer && { transfer }) };
    for (const as of ["png16", "png8", "mkv", "mp4"] as const) {
      const path = join(folder.path, `${transfer} ${paths[as]}`);
      await deliver(as, path, source(gray), facts);
      const { frames } = await readFrames(path);
      const isGray = (data: Float32Array) => data.every((value, i) => value === data[i - (i % 3)]);
      assert.ok(frames.every(({ data }) => isGray(data)), `${as} ${transfer}`);
    }
  }
});

Deno.test("what can't be written whole leaves nothing behind, and what was there as it was", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(join(folder.path, "a.npy"), "older");
  const broken: FrameSource = {
    frames: 2,
    frame(index) {
      if (index === 1) throw new RunError("frame 1 is damaged");
      return source(fine).frame(index);
    },
  };
  for (const as of ["png16", "npy", "mp4", "mkv"] as const) {
    await assert.rejects(deliver(as, join(folder.path, paths[as]), broken, video), /frame 1 is damaged/, as);
  }
  assert.deepEqual(Array.from(Deno.readDirSync(folder.path), ({ name }) => name), ["a.npy"]);
  assert.equal(await Deno.readTextFile(join(folder.path, "a.npy")), "older");
});
