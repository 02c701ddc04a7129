import assert from "node:assert/strict";
import { scramblePhases } from "../../../lib/controls/phase_scramble.ts";
import { RunError } from "../../../lib/errors.ts";
import { frameFromBytes, frameToBytes } from "../../../lib/frames/bytes.ts";
import { transferColor } from "../../../lib/frames/color_transfer/transfer_color.ts";
import type { Frame } from "../../../lib/frames/frame.ts";
import { grayFrame } from "../../../lib/frames/gray.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { clip, clipFrame, run, size } from "./stage.ts";

/** A clip's frames as the stage reads them. */
function frames(count: number): readonly Frame[] {
  return Array.from(
    { length: count },
    (_, time) => frameFromBytes(frameToBytes(clipFrame(time)), size.height, size.width),
  );
}

Deno.test("the frames are the control's with the clip's own colors", async () => {
  await using folder = await temporaryFolder();
  const made = await run(folder.path, {});
  const original = frames(5);
  const expected = (await scramblePhases(original)).map((frame, time) =>
    transferColor(frame, original[time]!, "pdf_regrain")
  );
  assert.deepEqual(made.frames, expected);
  assert.deepEqual(made.events.map(({ type }) => type), Array(5).fill("frame.finished"));
});

Deno.test("without color transfer values are clipped, and the share of those that were is said", async () => {
  for (const steps of ["both", "frames", "clip"] as const) {
    await using folder = await temporaryFolder();
    const made = await run(folder.path, { steps, color_transfer: "none" });
    const expected = await scramblePhases(frames(5), { steps });
    const values = expected.flatMap(({ data }) => [...data]);
    const share = 100 * values.filter((value) => value < 0 || value > 1).length / values.length;
    assert.deepEqual(
      made.frames.map(({ data }) => data),
      expected.map(({ data }) => data.map((value) => Math.min(Math.max(value, 0), 1))),
    );
    const said = made.events.filter(({ type }) => type === "warning");
    assert.deepEqual(said, [{
      type: "warning",
      code: "clipped",
      text: `${
        share.toPrecision(2)
      } % of the scrambled values lay outside [0, 1] and were clipped: the amplitude spectrum is not quite the clip's`,
    }]);
  }
});

Deno.test("a run that is killed at any frame and started again ends with the same bytes, and says the same", async () => {
  for (const settings of [{}, { steps: "frames", angles: "per_frame", color_transfer: "none" }]) {
    await using whole = await temporaryFolder();
    const expected = await run(whole.path, settings);
    for (const killedAt of [0, 3]) {
      await using folder = await temporaryFolder();
      const kill = run(folder.path, settings, {
        onEvent(event) {
          if (event.type === "frame.finished" && event.frame === killedAt) throw new Error("killed");
        },
      });
      await assert.rejects(kill, /killed/);
      const resumed = await run(folder.path, settings);
      assert.deepEqual(resumed.frames, expected.frames);
      const finished = resumed.events.filter(({ type }) => type === "frame.finished");
      assert.equal(finished.length, 4 - killedAt);
      const said = (events: typeof expected.events) => events.filter(({ type }) => type === "warning");
      assert.deepEqual(said(resumed.events), said(expected.events));
    }
  }
});

Deno.test("a stop is followed before the first frame, between channels and after a frame", async () => {
  for (const asked of [1, 7, 10]) {
    await using folder = await temporaryFolder();
    let count = 0;
    const stopped = await run(folder.path, {}, { stopRequested: () => ++count >= asked });
    assert(stopped.frames.length < 5, `${stopped.frames.length} frames`);
    assert.deepEqual((await run(folder.path, {})).frames.length, 5);
  }
});

Deno.test("a gray video stays gray", async () => {
  for (const color_transfer of ["clip", "none"]) {
    await using folder = await temporaryFolder();
    const source = clip(3, (time) => grayFrame(clipFrame(time)));
    const { frames } = await run(folder.path, { color_transfer }, { frames: 3, color: "gray", source });
    for (const { data } of frames) assert(data.every((value, i) => value === data[i - i % 3]));
  }
});

Deno.test("a video of one color, of one frame and of two is made", async () => {
  for (const count of [1, 2]) {
    await using folder = await temporaryFolder();
    assert.equal((await run(folder.path, {}, { frames: count })).frames.length, count);
  }
  for (const color_transfer of ["clip", "none"]) {
    await using folder = await temporaryFolder();
    const color = { ...size, data: new Float32Array(3 * size.height * size.width).fill(0.2) };
    const made = await run(folder.path, { color_transfer }, { frames: 2, source: clip(2, () => color) });
    assert.deepEqual(made.events.map(({ type }) => type), ["frame.finished", "frame.finished"]);
    for (const { data } of made.frames) assert(data.every((value) => Math.abs(value - 0.2) < 1e-6));
  }
});

Deno.test("a clip that does not fit into memory is refused with what it needs and what would be less", async () => {
  await using folder = await temporaryFolder();
  const frames = 1e9;
  const gibibytes = (28 * frames * size.height * size.width / 2 ** 30).toFixed(1);
  await assert.rejects(run(folder.path, {}, { frames }), (error) => {
    assert(error instanceof RunError);
    assert.match(error.message, new RegExp(`1000000000 frames of 11 x 14 needs ${gibibytes} GiB of memory`));
    assert.match(error.message, /take fewer frames, smaller ones, or steps: frames/);
    return true;
  });
});
