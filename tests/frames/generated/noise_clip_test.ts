import assert from "node:assert/strict";
import { generateFrame, generatorDefaults } from "../../../lib/frames/generated/generators.ts";
import { inverseTransform } from "../../../lib/frames/generated/fourier.ts";
import type { Frame } from "../../../lib/frames/frame.ts";
import { spectralSlope } from "./power_spectrum.ts";

const noise = { ...generatorDefaults.noise, contrast: 0.1 };
const size = { height: 96, width: 96 };

function correlation(a: Frame, b: Frame): number {
  const product = (x: Frame, y: Frame) =>
    x.data.reduce((sum, v, i) => sum + (v - 0.5) * (y.data[i]! - 0.5), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

Deno.test("noise has the spectrum that its exponent says", () => {
  for (const exponent of [0, 1, 1.5]) {
    const frames = [0, 1, 2].map((index) => generateFrame({ ...noise, exponent }, index, size));
    const slope = spectralSlope(frames, 5, 40);
    assert.ok(Math.abs(slope + 2 * exponent) < 0.2, `exponent ${exponent}: power falls with ${slope}`);
  }
});

Deno.test("noise has its contrast", () => {
  const { data } = generateFrame({ ...noise, exponent: 0 }, 0, size);
  const deviation = Math.sqrt(data.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / data.length);
  assert.ok(Math.abs(deviation - 0.1) < 0.005, `standard deviation ${deviation}`);
});

Deno.test("noise lasts as long as its lifetime: correlation is half after half of it", () => {
  const white = { ...noise, exponent: 0 };
  const fresh = [0, 1].map((index) => generateFrame(white, index, size));
  assert.ok(Math.abs(correlation(fresh[0]!, fresh[1]!)) < 0.05);
  const lasting = [10, 15, 40].map((index) => generateFrame({ ...white, lifetime: 10 }, index, size));
  assert.ok(Math.abs(correlation(lasting[0]!, lasting[1]!) - 0.5) < 0.05);
  assert.ok(Math.abs(correlation(lasting[0]!, lasting[2]!)) < 0.05);
});

Deno.test("noise is gray unless it is colored, and then its channels are independent", () => {
  const channel = (frame: Frame, c: number): Frame => ({
    ...size,
    data: frame.data.map((_, i) => frame.data[i - (i % 3) + c]!),
  });
  const gray = generateFrame(noise, 0, size);
  assert.deepEqual(channel(gray, 0).data, gray.data);
  const colored = generateFrame({ ...noise, exponent: 0, colored: true }, 0, size);
  assert.ok(Math.abs(correlation(channel(colored, 0), channel(colored, 2))) < 0.05);
});

Deno.test("inverseTransform() sums waves as its definition says", () => {
  const [height, width] = [4, 8];
  const value = (i: number) => Math.sin(i * i + 1);
  const plane = {
    height,
    width,
    real: Float64Array.from({ length: 32 }, (_, i) => value(i)),
    imaginary: Float64Array.from({ length: 32 }, (_, i) => value(i + 50)),
  };
  const [before, imaginary] = [plane.real.slice(), plane.imaginary.slice()];
  inverseTransform(plane);
  for (let at = 0; at < 32; at++) {
    let expected = 0;
    for (let i = 0; i < 32; i++) {
      const turns = (Math.floor(i / width) * Math.floor(at / width)) / height +
        ((i % width) * (at % width)) / width;
      const angle = 2 * Math.PI * turns;
      expected += before[i]! * Math.cos(angle) - imaginary[i]! * Math.sin(angle);
    }
    assert.ok(Math.abs(plane.real[at]! - expected) < 1e-12);
  }
});

Deno.test("inverseTransform() refuses other sides than powers of two", () => {
  const values = new Float64Array(12);
  assert.throws(() => inverseTransform({ height: 4, width: 3, real: values, imaginary: values }), /3 is not/);
});
