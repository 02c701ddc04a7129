import assert from "node:assert/strict";
import { transformPlane } from "../../lib/analysis/fourier.ts";
import { phaseScrambler } from "../../lib/analysis/phase_scramble.ts";
import type { Frame } from "../../lib/frames/frame.ts";

const size = { height: 15, width: 22 };

/** Two bright bars on gray, of little contrast, so that nothing is clipped. */
function bars(shift = 0): Frame {
  const data = Float32Array.from(
    { length: size.height * size.width * 3 },
    (_, i) => 0.45 + 0.05 * (i % 3) + ((Math.floor(i / 3) % size.width + shift) % 11 === 4 ? 0.06 : 0),
  );
  return { ...size, data };
}

function channel({ data }: Frame, index: number): Float64Array {
  return Float64Array.from(data.filter((_, i) => i % 3 === index));
}

function amplitudes(frame: Frame, index: number): Float64Array {
  const plane = {
    ...size,
    real: channel(frame, index),
    imaginary: new Float64Array(size.height * size.width),
  };
  transformPlane(plane);
  return plane.real.map((value, at) => Math.hypot(value, plane.imaginary[at]!));
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
}

Deno.test("a scrambled frame has the amplitudes of the frame in every channel, and other values", () => {
  const scrambled = phaseScrambler(size, 1, 0)(bars());
  for (const index of [0, 1, 2]) {
    assert(largestDifference(amplitudes(scrambled, index), amplitudes(bars(), index)) < 1e-4);
  }
  assert(largestDifference(channel(scrambled, 0), channel(bars(), 0)) > 0.01);
});

Deno.test("the same seed and draw scramble alike; another seed or another draw does not", () => {
  const once = phaseScrambler(size, 1, 0)(bars());
  assert.deepEqual(phaseScrambler(size, 1, 0)(bars()), once);
  assert.notDeepEqual(phaseScrambler(size, 2, 0)(bars()), once);
  assert.notDeepEqual(phaseScrambler(size, 1, 1)(bars()), once);
});

Deno.test("frames of a clip get the same phases: what is shifted stays shifted", () => {
  const scramble = phaseScrambler(size, 1, 0);
  const [still, shifted] = [channel(scramble(bars()), 0), channel(scramble(bars(1)), 0)];
  const moved = still.map((_, at) => {
    const row = Math.floor(at / size.width);
    return still[row * size.width + (at + 1) % size.width]!;
  });
  assert(largestDifference(moved, shifted) < 1e-5);
});

Deno.test("a frame of one color stays as it is", () => {
  const data = new Float32Array(size.height * size.width * 3).fill(0.25);
  const scrambled = phaseScrambler(size, 1, 0)({ ...size, data });
  assert(scrambled.data.every((value) => Math.abs(value - 0.25) < 1e-6));
});
