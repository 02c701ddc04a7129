import assert from "node:assert/strict";
import { generateFrame } from "../../../lib/frames/generated/generators.ts";
import { generatedSize, generatorDefaults } from "../../../lib/frames/generated/settings.ts";
import type { Frame } from "../../../lib/frames/frame.ts";
import { difference } from "../golden_frames.ts";

const grating = generatorDefaults.grating;
const size = { height: 64, width: 96 };

/** The frame moved right and down by whole pixels, and both cut to what they have in common. */
function shifted(frame: Frame, later: Frame, right: number, down: number): number {
  let largest = 0;
  for (let y = 16; y < frame.height - 16; y++) {
    for (let x = 16; x < frame.width - 16; x++) {
      const here = frame.data[(y * frame.width + x) * 3]!;
      const there = later.data[((y + down) * frame.width + x + right) * 3]!;
      largest = Math.max(largest, Math.abs(here - there));
    }
  }
  return largest;
}

Deno.test("a grating has its contrast, its mean and its cycles", () => {
  const { data } = generateFrame({ ...grating, mean: 0.4, contrast: 0.5, cycles: 4, phase: 90 }, 0, size);
  const row = Array.from(data.subarray(0, size.width * 3)).filter((_, i) => i % 3 === 0);
  assert.ok(Math.abs(Math.max(...row) - 0.6) < 0.01);
  assert.ok(Math.abs(Math.min(...row) - 0.2) < 0.01);
  const rises = row.filter((value, x) => x > 0 && value >= 0.4 && row[x - 1]! < 0.4).length;
  assert.ok(Math.abs(rises - 6) <= 1, `${rises} cycles in 1.5 heights`);
});

Deno.test("a grating drifts where its direction says: right at 0, up at 90 degrees", () => {
  // A quarter of a cycle per frame of 8 cycles on 64 rows is 2 pixels.
  const at = (direction: number, index: number) =>
    generateFrame({ ...grating, drift: 0.25, direction }, index, size);
  assert.ok(shifted(at(0, 0), at(0, 1), 2, 0) < 1e-6);
  assert.ok(shifted(at(90, 0), at(90, 1), 0, -2) < 1e-6);
  assert.ok(shifted(at(180, 0), at(180, 1), -2, 0) < 1e-6);
  assert.ok(shifted(at(0, 0), at(0, 1), -2, 0) > 0.1);
});

Deno.test("a grating comes back after a cycle", () => {
  const at = (index: number) => generateFrame({ ...grating, drift: 0.05, direction: 30 }, index, size);
  assert.ok(difference(at(3), at(23)).max < 1e-6);
});

Deno.test("generatedSize() fills in 16:9 with even sides", () => {
  assert.deepEqual(generatedSize(undefined, undefined), { height: 360, width: 640 });
  assert.deepEqual(generatedSize(240, undefined), { height: 240, width: 426 });
  assert.deepEqual(generatedSize(undefined, 320), { height: 180, width: 320 });
  assert.deepEqual(generatedSize(100, 100), { height: 100, width: 100 });
});
