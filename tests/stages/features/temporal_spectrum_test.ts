import assert from "node:assert/strict";
import { loadFourier } from "../../../lib/frames/fourier.ts";
import { temporalSpectrum } from "../../../lib/stages/features/temporal_spectrum.ts";

const fourier = await loadFourier();

/** Pixels that change each at a rate and by an amount of its own; `readings` says how often each frame was read. */
function video(frames: number, pixels: number) {
  const readings = new Array<number>(frames).fill(0);
  const gray = (time: number) => {
    readings[time]!++;
    const valueAt = (pixel: number) =>
      0.5 + (0.4 / (1 + pixel)) * Math.cos((2 * Math.PI * (1 + pixel % 3) * time) / frames);
    return Promise.resolve(Float32Array.from({ length: pixels }, (_, pixel) => valueAt(pixel)));
  };
  return { frames, pixels, gray, readings };
}

const undisturbed = { stopRequested: () => false, read: () => {} };

Deno.test("a video that does not fit in memory is read several times, and has the same temporal spectrum", async () => {
  const [whole, parted] = [video(8, 7), video(8, 7)];
  const told: string[] = [];
  const wanted = await temporalSpectrum(fourier, whole, undisturbed);
  const found = await temporalSpectrum(
    fourier,
    parted,
    { ...undisturbed, read: (done, of) => told.push(`${done} of ${of}`) },
    { held: 8 * 4, transformed: 8 * 2 },
  );
  assert(wanted !== "stopped" && found !== "stopped");
  assert.equal(found.length, 4);
  found.forEach((amplitude, i) =>
    assert(Math.abs(amplitude - wanted[i]!) < 1e-9, `${found} instead of ${wanted}`)
  );
  assert.deepEqual([whole.readings[0], parted.readings[0], parted.readings[7]], [1, 2, 2]);
  assert.deepEqual([told[0], told.at(-1)], ["1 of 16", "16 of 16"]);
});

Deno.test("a stop is heard wherever a temporal spectrum is", async () => {
  const room = { held: 8 * 4, transformed: 8 * 2 };
  let asked = 0;
  await temporalSpectrum(fourier, video(8, 7), { ...undisturbed, stopRequested: () => asked++ < 0 }, room);
  assert.equal(asked, 2 * 8 + 4, "before each frame is read and before each part is transformed");
  for (let stopAt = 1; stopAt <= asked; stopAt++) {
    let left = stopAt;
    const stopRequested = () => --left === 0;
    assert.equal(
      await temporalSpectrum(fourier, video(8, 7), { ...undisturbed, stopRequested }, room),
      "stopped",
    );
    assert.equal(left, 0, "nothing is asked after it");
  }
});
