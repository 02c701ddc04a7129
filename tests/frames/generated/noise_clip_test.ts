import assert from "node:assert/strict";
import { loadFourier } from "../../../lib/frames/fourier.ts";
import type { Frame } from "../../../lib/frames/frame.ts";
import { generatorDefaults, type NoiseSettings } from "../../../lib/frames/generated/settings.ts";
import { noiseFrame } from "../../../lib/frames/generated/noise_clip.ts";
import { spectralSlope } from "./power_spectrum.ts";

const noise = { ...generatorDefaults.noise, contrast: 0.1 };
const size = { height: 96, width: 96 };
const fourier = await loadFourier();

function frameAt(index: number, settings: NoiseSettings): Frame {
  return noiseFrame(fourier, settings, index, size);
}

function correlation(a: Frame, b: Frame): number {
  const product = (x: Frame, y: Frame) =>
    x.data.reduce((sum, v, i) => sum + (v - 0.5) * (y.data[i]! - 0.5), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

Deno.test("noise has the spectrum that its exponent says", () => {
  for (const exponent of [0, 1, 1.5]) {
    const frames = [0, 1, 2].map((index) => frameAt(index, { ...noise, exponent }));
    const slope = spectralSlope(frames, 5, 40);
    assert.ok(Math.abs(slope + 2 * exponent) < 0.2, `exponent ${exponent}: power falls with ${slope}`);
  }
});

Deno.test("noise has its contrast", () => {
  const { data } = frameAt(0, { ...noise, exponent: 0 });
  const deviation = Math.sqrt(data.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / data.length);
  assert.ok(Math.abs(deviation - 0.1) < 0.005, `standard deviation ${deviation}`);
});

Deno.test("noise lasts as long as its lifetime: correlation is half after half of it", () => {
  const white = { ...noise, exponent: 0 };
  const fresh = [0, 1].map((index) => frameAt(index, white));
  assert.ok(Math.abs(correlation(fresh[0]!, fresh[1]!)) < 0.05);
  const lasting = [10, 15, 40].map((index) => frameAt(index, { ...white, lifetime: 10 }));
  assert.ok(Math.abs(correlation(lasting[0]!, lasting[1]!) - 0.5) < 0.05);
  assert.ok(Math.abs(correlation(lasting[0]!, lasting[2]!)) < 0.05);
});

Deno.test("noise is gray unless it is colored, and then its channels are independent", () => {
  const channel = (frame: Frame, c: number): Frame => ({
    ...size,
    data: frame.data.map((_, i) => frame.data[i - (i % 3) + c]!),
  });
  const gray = frameAt(0, noise);
  assert.deepEqual(channel(gray, 0).data, gray.data);
  const colored = frameAt(0, { ...noise, exponent: 0, colored: true });
  assert.ok(Math.abs(correlation(channel(colored, 0), channel(colored, 2))) < 0.05);
});
