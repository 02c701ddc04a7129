import assert from "node:assert/strict";
import fc from "fast-check";
import {
  radialAmplitudes,
  radialFrequencies,
  spectralSlope,
  temporalAmplitudes,
  temporalAmplitudeSums,
  temporalFrequencies,
} from "../../lib/analysis/spectra.ts";
import { loadFourier } from "../../lib/frames/fourier.ts";
import type { Frame, Size } from "../../lib/frames/frame.ts";
import { gratingFrame } from "../../lib/frames/generated/grating.ts";
import { generatorDefaults } from "../../lib/frames/generated/settings.ts";
import { grayValues } from "../../lib/frames/gray.ts";
import { uniformValues } from "../../lib/frames/noise.ts";

const fourier = await loadFourier();

/** The gray values of a clip's frames, one after the other. */
function series(frames: readonly Frame[]): Float32Array {
  return Float32Array.from(frames.flatMap((frame) => Array.from(grayValues(frame))));
}

function temporalSpectrum(gray: Float32Array, frames: number): number[] {
  return temporalAmplitudes(temporalAmplitudeSums(fourier, gray, frames), frames, gray.length / frames);
}

function peak(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

/** By the transform's definition. */
function amplitudeAt(values: ArrayLike<number>, { height, width }: Size, v: number, u: number): number {
  let [re, im] = [0, 0];
  for (let i = 0; i < height * width; i++) {
    const angle = 2 * Math.PI * (v * Math.floor(i / width) / height + u * (i % width) / width);
    re += values[i]! * Math.cos(angle);
    im += values[i]! * Math.sin(angle);
  }
  return Math.hypot(re, im);
}

Deno.test("a drifting grating peaks in its own spatial and in its own temporal bin", () => {
  const size = { height: 48, width: 64 };
  const settings = { ...generatorDefaults.grating, cycles: 6, drift: 5 / 24 };
  const frames = Array.from({ length: 24 }, (_, t) => gratingFrame(settings, t, size));
  const spatial = radialAmplitudes(fourier, grayValues(frames[0]!), size);
  assert.equal(radialFrequencies(size)[peak(spatial)], 6 / 48);
  const temporal = temporalSpectrum(series(frames), 24);
  assert.equal(temporalFrequencies(24)[peak(temporal)], 5 / 24);
  assert(temporal.every((amplitude, i) => i === peak(temporal) || amplitude < 1e-4 * Math.max(...temporal)));
});

Deno.test("white noise has slope 0 within 0.05, in space and in time", () => {
  const [size, count] = [{ height: 64, width: 80 }, 30];
  const pixels = size.height * size.width;
  for (const seed of [1, 2]) {
    const gray = uniformValues({ seed, frame: 0, purpose: "generated" }, count * pixels);
    const spectra = Array.from(
      { length: count },
      (_, t) => radialAmplitudes(fourier, gray.subarray(t * pixels, (t + 1) * pixels), size),
    );
    const mean = spectra[0]!.map((_, ring) => spectra.reduce((sum, one) => sum + one[ring]!, 0) / count);
    const spatial = spectralSlope(radialFrequencies(size), mean);
    const temporal = spectralSlope(temporalFrequencies(count), temporalSpectrum(gray, count));
    assert(Math.abs(spatial ?? NaN) < 0.05, `space ${spatial}`);
    assert(Math.abs(temporal ?? NaN) < 0.05, `time ${temporal}`);
  }
});

Deno.test("amplitudes are those of the transform, whatever the sides", () => {
  const sides = fc.integer({ min: 2, max: 9 });
  fc.assert(
    fc.property(sides, sides, fc.nat(), (height, width, seed) => {
      const size = { height, width };
      const gray = uniformValues({ seed, frame: 0, purpose: "generated" }, height * width);
      const side = Math.min(height, width);
      const rings = radialFrequencies(size).map(() => [] as number[]);
      for (let v = 0; v < height; v++) {
        for (let u = 0; u < width; u++) {
          const [up, right] = [Math.min(v, height - v) / height, Math.min(u, width - u) / width];
          rings[Math.round(Math.hypot(up, right) * side) - 1]?.push(amplitudeAt(gray, size, v, u));
        }
      }
      const expected = rings.map((ring) =>
        ring.reduce((sum, value) => sum + value, 0) / ring.length / Math.sqrt(height * width)
      );
      radialAmplitudes(fourier, gray, size).forEach((amplitude, ring) => {
        assert(Math.abs(amplitude - expected[ring]!) < 1e-9, `ring ${ring}`);
      });
      const times = temporalSpectrum(gray, height);
      times.forEach((amplitude, k) => {
        const columns = Array.from(
          { length: width },
          (_, column) =>
            amplitudeAt(gray.filter((_, i) => i % width === column), { height, width: 1 }, k + 1, 0),
        );
        const mean = columns.reduce((sum, value) => sum + value, 0) / width / Math.sqrt(height);
        assert(Math.abs(amplitude - mean) < 1e-9, `time ${k}`);
      });
    }),
    { numRuns: 40, seed: 7 },
  );
});

Deno.test("what is of one color has no amplitude and no slope; one pixel and one frame have no spectrum", () => {
  const size = { height: 12, width: 17 };
  const flat = radialAmplitudes(fourier, new Float32Array(12 * 17).fill(0.3), size);
  assert.deepEqual(new Set(flat), new Set([0]));
  assert.equal(spectralSlope(radialFrequencies(size), flat), undefined);
  assert.deepEqual(temporalSpectrum(new Float32Array(12 * 5).fill(0.7), 12), new Array(6).fill(0));
  assert.deepEqual(radialAmplitudes(fourier, Float32Array.of(0.5), { height: 1, width: 1 }), []);
  assert.deepEqual(temporalSpectrum(Float32Array.of(0.5, 0.2), 1), []);
});

Deno.test("an amplitude that falls as 1 / f has slope -1", () => {
  const frequencies = [0.1, 0.2, 0.3, 0.4];
  const slope = spectralSlope(frequencies, frequencies.map((frequency) => 2 / frequency));
  assert(Math.abs((slope ?? NaN) + 1) < 1e-12);
});
