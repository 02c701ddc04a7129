import assert from "node:assert/strict";
import { lossPoints } from "../../lib/report/data/losses.ts";
import { type RunEvent, runEventSchema } from "../../lib/store/events.ts";

function iteration(frame: number, iteration: number, texture: number): RunEvent {
  return {
    ...{
      v: 1,
      at: "2026-01-01T00:00:00.000Z",
      run: "r",
      type: "iteration",
      octave: -1,
      iterations: 20,
      seconds: 1,
    },
    ...{ frame, iteration, losses: { spatial_texture: texture } },
  };
}

Deno.test("frame 0 stands for itself; of later frames there is the median in their range; padding is left out", () => {
  const points = lossPoints([
    iteration(-1, 10, 99),
    iteration(0, 10, 8),
    ...[4, 1, 3].map((loss, index) => iteration(index + 1, 10, loss)),
  ]);
  assert.deepEqual(points.map(({ frames, loss, least, largest }) => ({ frames, loss, least, largest })), [
    { frames: "frame 0", loss: 8, least: 8, largest: 8 },
    { frames: "later frames", loss: 3, least: 1, largest: 4 },
  ]);
  assert.equal(points[0]?.term, "spatial texture");
});

Deno.test("a frame that was made again counts once, and a loss of 0 has no place on a logarithmic axis", () => {
  const points = lossPoints([iteration(1, 10, 5), iteration(1, 10, 2), iteration(2, 20, 0)]);
  assert.deepEqual(points.map(({ loss, iteration }) => [loss, iteration]), [[2, 10]]);
});

Deno.test("visits of one octave are told apart", () => {
  const second = (frame: number, count: number, texture: number) =>
    runEventSchema.parse({ ...iteration(frame, count, texture), visit: 2 });
  const points = lossPoints([iteration(1, 10, 5), second(1, 10, 2)]);
  assert.deepEqual(points.map(({ octave, loss }) => [octave, loss]), [
    ["octave -1, visit 1", 5],
    ["octave -1, visit 2", 2],
  ]);
});
