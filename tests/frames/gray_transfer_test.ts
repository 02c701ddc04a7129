import assert from "node:assert/strict";
import { transferGray } from "../../lib/frames/color_transfer/transfer_color.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { grayNoise } from "../../lib/frames/gray_noise.ts";
import { uniformGray } from "./uniform_gray.ts";

const source = grayNoise({ seed: 1, frame: 0, purpose: "generated" }, 24, 30);
const noise = grayNoise({ seed: 2, frame: 0, purpose: "generated" }, 20, 26);
/** Dark, and unevenly distributed. */
const target: Frame = { ...noise, data: noise.data.map((value) => 0.1 + 0.6 * value ** 3) };

function quantile({ data }: Frame, share: number): number {
  const sorted = data.toSorted();
  return sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
}

function isGray({ data }: Frame): boolean {
  return data.every((value, i) => value === data[i - i % 3]);
}

Deno.test("gray noise is U(0, 1), one value a pixel", () => {
  assert.ok(isGray(source));
  assert.ok(new Set(source.data).size > 700);
  for (const share of [0.1, 0.5, 0.9]) assert.ok(Math.abs(quantile(source, share) - share) < 0.04);
});

Deno.test("transferGray() by pdf gives the target's distribution in one step", () => {
  const made = transferGray(source, target, "pdf");
  assert.ok(isGray(made));
  for (const share of [0.05, 0.25, 0.5, 0.75, 0.95]) {
    const off = Math.abs(quantile(made, share) - quantile(target, share));
    assert.ok(off < 0.02, `quantile ${share} is off by ${off}`);
  }
});

Deno.test("transferGray() keeps the order of the source's values", () => {
  const made = transferGray(source, target, "pdf");
  const order = Array.from({ length: source.data.length / 3 }, (_, pixel) => pixel)
    .sort((a, b) => (source.data[3 * a] ?? NaN) - (source.data[3 * b] ?? NaN));
  const values = order.map((pixel) => made.data[3 * pixel] ?? NaN);
  assert.ok(values.every((value, i) => i === 0 || value >= (values[i - 1] ?? NaN)));
});

Deno.test("transferGray() stays gray in every variant, also for frames of one gray", () => {
  const frames = [source, target, ...[0, 0.5, 1].map((value) => uniformGray(value, 24, 30))];
  for (const from of frames) {
    for (const to of frames) {
      for (const variant of ["none", "pdf", "pdf_regrain", "mean_std_lab"] as const) {
        const made = transferGray(from, to, variant);
        assert.ok(made.data.every((value) => value >= 0 && value <= 1), variant);
        assert.ok(isGray(made), variant);
      }
    }
  }
});
