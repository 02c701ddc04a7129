import assert from "node:assert/strict";
import { join } from "node:path";
import { type Frame, readFrames, RunError, writeFrames } from "../../../mod.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

/** A frame of values that 16 bits hold exactly. */
function frame(height: number, width: number, seed: number): Frame {
  const data = Float32Array.from(
    { length: height * width * 3 },
    (_, i) => ((i * 7919 + seed) % 65536) / 65535,
  );
  return { height, width, data };
}

const frames = [frame(6, 8, 0), frame(6, 8, 1), frame(6, 8, 2)];

Deno.test("frames that a script writes as images are the frames that it reads", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "images");
  await writeFrames(path, frames);
  assert.deepEqual(await readFrames(path, { fps: "60/1" }), { frames, fps: "60/1" });
  const some = await readFrames(join(path, "*.png"), { start: 1, step: 1, frames: 2 });
  assert.deepEqual(some, { frames: frames.slice(1), fps: "25/1" });
  assert.deepEqual((await readFrames(join(path, "000002.png"))).frames, [frames[2]]);
  assert.equal((await readFrames(join(path, "000002.png"), { frames: 4 })).frames.length, 4);
});

Deno.test("light that a script reads is the light that it writes", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "images");
  await writeFrames(path, frames, { transfer: "linear" });
  const back = await readFrames(path, { transfer: "linear" });
  back.frames.forEach(({ data }, index) =>
    data.forEach((value, i) => assert.ok(Math.abs(value - frames[index]!.data[i]!) < 3e-5))
  );
});

Deno.test("a video has the rate that a script gives it", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "a.mkv");
  await writeFrames(path, frames, { fps: "30000/1001" });
  const read = await readFrames(path);
  assert.deepEqual([read.fps, read.frames.length], ["30000/1001", 3]);
  assert.ok(read.frames[0]!.data.every((value, i) => Math.abs(value - frames[0]!.data[i]!) <= 1 / 509));
});

Deno.test("what can't be read or written is said in one error", async () => {
  await using folder = await temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  const refused = (work: Promise<unknown>, message: RegExp) =>
    assert.rejects(work, (error) => error instanceof RunError && message.test(error.message));
  await refused(readFrames(at("missing.mp4")), /there is no file .*missing\.mp4/);
  await refused(readFrames(at("*.png")), /there is no image at .*\*\.png/);
  await writeFrames(at("images"), frames);
  await refused(readFrames(at("images"), { frames: 4 }), /has 3 frames; .* need 4/);
  const there = /images is there already, a folder of 3 files; remove it or write to another path$/;
  await refused(writeFrames(at("images"), frames), there);
  await refused(writeFrames(at("images"), frames, { as: "npy" }), there);
  // What a script without types may say.
  const wrong: { as?: "png8" } = JSON.parse('{ "as": "png" }');
  await refused(
    writeFrames(at("images"), frames, wrong),
    /no format "png"; there are png16, png8, npy, mp4 and mkv$/,
  );
  await refused(writeFrames(at("a.avi"), frames), /must end in \.mp4, \.mkv or \.npy/);
  await refused(writeFrames(at("a.npy"), []), /no frames/);
  await refused(writeFrames(at("a.npy"), [frame(6, 8, 0), frame(6, 9, 0)]), /6 x 8 and of 6 x 9/);
  await refused(writeFrames(at("nowhere/a.npy"), frames), /cannot write .*nowhere\/a\.npy/);
});

Deno.test("a path below a file is refused as any other where nothing is", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(join(folder.path, "notes.txt"), "");
  const path = join(folder.path, "notes.txt", "a.png");
  await assert.rejects(
    readFrames(path),
    (error) => error instanceof RunError && /there is no file/.test(error.message),
  );
});
