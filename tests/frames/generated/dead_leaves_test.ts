import assert from "node:assert/strict";
import { generatorDefaults } from "../../../lib/frames/generated/settings.ts";
import { deadLeavesFrame } from "../../../lib/frames/generated/dead_leaves.ts";
import { disksInView } from "../../../lib/frames/generated/leaf_cloud.ts";
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import { difference } from "../golden_frames.ts";
import { spectralSlope } from "./power_spectrum.ts";

const leaves = generatorDefaults.dead_leaves;
const size = { height: 90, width: 160 };

Deno.test("a dead-leaves frame depends on its seed and number, and on nothing that was made before", () => {
  const frame = frameToBytes(deadLeavesFrame(leaves, 7, size));
  deadLeavesFrame(leaves, 3, size);
  assert.deepEqual(frameToBytes(deadLeavesFrame(leaves, 7, size)), frame);
  assert.notDeepEqual(frameToBytes(deadLeavesFrame(leaves, 8, size)), frame);
  assert.notDeepEqual(frameToBytes(deadLeavesFrame({ ...leaves, seed: 2 }, 7, size)), frame);
});

Deno.test("dead leaves have the spectrum of natural images: power falls as frequency^-2, nearly", () => {
  const square = { height: 128, width: 128 };
  const frames = [0, 40, 80].map((index) => deadLeavesFrame(leaves, index, square));
  const slope = spectralSlope(frames, 3, 40);
  assert.ok(slope < -1.6 && slope > -2.4, `slope ${slope}`);
});

Deno.test("dead leaves fill the range without clipping much of it", () => {
  const { data } = deadLeavesFrame(leaves, 0, size);
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const extreme = data.filter((value) => value <= 0.01 || value >= 0.99).length / data.length;
  assert.ok(mean > 0.3 && mean < 0.5, `mean ${mean}`);
  assert.ok(extreme < 0.05, `share of extreme values ${extreme}`);
});

Deno.test("dead leaves move smoothly: frames differ a little, and more the farther they are apart", () => {
  const at = (index: number) => deadLeavesFrame(leaves, index, size);
  for (const start of [0, 50, 110, 1000]) {
    const first = at(start);
    const gaps = [1, 4, 16].map((gap) => difference(first, at(start + gap)).mean);
    assert.ok(gaps[0]! > 0.002 && gaps[0]! < 0.1, `frame ${start}: ${gaps}`);
    assert.ok(gaps[0]! < gaps[1]! && gaps[1]! < gaps[2]!, `frame ${start}: ${gaps}`);
  }
  assert.equal(difference(deadLeavesFrame({ ...leaves, speed: 0 }, 9, size), at(0)).max, 0);
});

Deno.test("near leaves grow and move more than far ones while the camera approaches", () => {
  const coarse = { ...leaves, smallest: 0.05 };
  const byColor = (time: number) =>
    new Map(
      [...disksInView(coarse, time, size)].map((disk, i) => [disk.color.join(), { ...disk, order: -i }]),
    );
  const [before, after] = [byColor(0), byColor(10)];
  const kept = [...before].flatMap(([color, disk]) => {
    const later = after.get(color);
    return later === undefined
      ? []
      : [{ order: disk.order, growth: Math.abs(Math.log(later.radius / disk.radius)) }];
  }).sort((a, b) => a.order - b.order);
  assert.ok(kept.length > 100);
  const mean = (some: typeof kept) => some.reduce((sum, { growth }) => sum + growth, 0) / some.length;
  assert.ok(mean(kept.slice(0, 30)) > 3 * mean(kept.slice(-30)));
});

Deno.test("the same leaves are seen at another size", () => {
  const small = [...disksInView(leaves, 5, size)];
  const large = [...disksInView(leaves, 5, { height: 180, width: 320 })];
  assert.equal(small.length, large.length);
  small.slice(0, 50).forEach((disk, i) => {
    assert.ok(Math.abs(2 * disk.x - large[i]!.x) < 1e-9);
    assert.deepEqual(disk.color, large[i]!.color);
  });
});
