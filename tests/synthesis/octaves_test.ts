import assert from "node:assert/strict";
import { resizeBilinear } from "../../lib/frames/resize.ts";
import { atOctaves, octaveSize, octaveSteps } from "../../lib/synthesis/octaves.ts";
import { noiseFrame } from "./tiny_models.ts";

Deno.test("an octave's sides are rounded down, but not where only rounding keeps them from a whole number", () => {
  const size = (octave: number, height: number, width: number) =>
    octaveSize({ height, width }, { octave, scale: 1.5 });
  assert.deepEqual(size(-1, 99, 150), { height: 66, width: 100 });
  assert.deepEqual(size(-2, 160, 376), { height: 71, width: 167 });
  assert.deepEqual(size(0, 67, 41), { height: 67, width: 41 });
  assert.deepEqual(octaveSize({ height: 300, width: 30 }, { octave: -1, scale: 1.2 }), {
    height: 250,
    width: 25,
  });
});

Deno.test("a schedule's keyframes are read at the frame, and iterations are whole", () => {
  const [step] = octaveSteps([{
    octave: -1,
    scale: 1.5,
    iterations: { 0: 10, 4: 20 },
    learning_rate: { 0: 0.001, 10: 0.002 },
    total_variation: 0.5,
  }], 1);
  assert.deepEqual(step, {
    octave: -1,
    scale: 1.5,
    iterations: 13,
    learning_rate: 0.0011,
    total_variation: 0.5,
  });
});

Deno.test("a frame passes over the octaves at which it has no iterations", () => {
  const rest = { scale: 1.5, learning_rate: 0.01, total_variation: 0 };
  const octaves = [{ ...rest, octave: -1, iterations: { [-4]: 10, [-3]: 0 } }, {
    ...rest,
    octave: 0,
    iterations: 7,
  }];
  const visited = (frame: number) => octaveSteps(octaves, frame).map(({ octave }) => octave);
  assert.deepEqual([-5, -4, -3, 0].map(visited), [[-1, 0], [-1, 0], [0], [0]]);
});

Deno.test("atOctaves() resizes from full size, or from the octave before", () => {
  const frame = noiseFrame(1, 40, 48);
  const steps = [{ octave: -1, scale: 2 }, { octave: 0, scale: 2 }];
  const small = resizeBilinear(frame, 20, 24);
  assert.deepEqual(atOctaves(frame, steps, "original"), [small, frame]);
  assert.deepEqual(atOctaves(frame, steps, "cascade"), [small, resizeBilinear(small, 40, 48)]);
});
