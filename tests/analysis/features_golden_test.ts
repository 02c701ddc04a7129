/** The four low-level features against numbers from OpenCV and NumPy (golden/features.npz). */
import assert from "node:assert/strict";
import { grayLevels } from "../../lib/analysis/gray_levels.ts";
import { meanIntensity, pixelChange } from "../../lib/analysis/low_level_features.ts";
import { rmsContrast } from "../../lib/analysis/luminance.ts";
import { describeFlow, openFlowEstimator } from "../../lib/analysis/optical_flow.ts";
import { npzArray, type NpzArrays } from "../../lib/formats/npz.ts";
import { frameFromBytes } from "../../lib/frames/bytes.ts";
import { readGolden } from "../golden_data.ts";
import { sharedPath } from "../shared_data.ts";

const ignore = sharedPath("golden/features.npz") === undefined;

interface Golden {
  readonly arrays: NpzArrays;
  readonly size: { readonly height: number; readonly width: number };
  /** 8-bit RGB of each frame. */
  readonly bytes: readonly Uint8Array[];
}

function golden(): Golden {
  const arrays = readGolden("features.npz");
  const { shape: [count = 0, height = 0, width = 0], data } = npzArray(arrays, "frames", "golden data");
  assert(data instanceof Uint8Array);
  const length = height * width * 3;
  const bytes = Array.from({ length: count }, (_, i) => data.subarray(i * length, (i + 1) * length));
  return { arrays, size: { height, width }, bytes };
}

function numbers({ arrays }: Golden, name: string): readonly number[] {
  const { data } = npzArray(arrays, name, "golden data");
  assert(data instanceof Float64Array || data instanceof Float32Array, name);
  return Array.from(data);
}

function assertNear(found: readonly number[], expected: readonly number[], tolerance: number, what: string) {
  assert.equal(found.length, expected.length, what);
  for (const [i, value] of found.entries()) {
    const error = Math.abs(value - expected[i]!) / Math.abs(expected[i]!);
    assert(error <= tolerance, `${what} ${i}: ${value} instead of ${expected[i]}`);
  }
}

Deno.test({
  name: "intensity, contrast and pixel change are the golden ones to 1e-6, relative",
  ignore,
  fn() {
    const found = golden();
    const frames = found.bytes.map((bytes) => frameFromBytes(bytes, found.size.height, found.size.width));
    assertNear(frames.map(meanIntensity), numbers(found, "pixel_intensity"), 1e-6, "intensity");
    assertNear(frames.map(rmsContrast), numbers(found, "contrast"), 1e-6, "contrast");
    const changes = frames.slice(1).map((frame, i) => pixelChange(frames[i]!, frame));
    assertNear(changes, numbers(found, "pixel_change"), 1e-6, "pixel change");
  },
});

Deno.test({
  name: "8-bit gray has OpenCV's bytes",
  ignore,
  fn() {
    const found = golden();
    const { data } = npzArray(found.arrays, "gray_last", "golden data");
    assert(data instanceof Uint8Array);
    assert.deepEqual(grayLevels(found.bytes.at(-1)!), data);
  },
});

Deno.test({
  name: "flow is OpenCV's: magnitude and angles to 0.1 %, the field to 0.02 px at 99 % of the points",
  ignore,
  async fn() {
    const found = golden();
    const gray = found.bytes.map(grayLevels);
    using estimator = await openFlowEstimator(found.size);
    const flows = gray.slice(1).map((now, i) => estimator.flow(gray[i]!, now));
    const described = flows.map(describeFlow);
    assertNear(
      described.map(({ magnitude }) => magnitude),
      numbers(found, "flow_magnitude"),
      1e-3,
      "magnitude",
    );
    assertNear(described.map(({ angle }) => angle), numbers(found, "flow_angle"), 1e-3, "angle");
    const circular = described.map(({ circularAngle }) => circularAngle);
    assertNear(circular, numbers(found, "flow_angle_circular"), 1e-3, "circular angle");
    assertNear(
      described.map(({ resultant }) => resultant),
      numbers(found, "flow_resultant"),
      1e-3,
      "resultant",
    );

    const last = numbers(found, "last_flow");
    const { width } = found.size;
    const points = Array.from({ length: 34 * 80 * 2 }, (_, i) => {
      const [row, column] = [8 * Math.floor(i / 160), 8 * Math.floor((i % 160) / 2)];
      return Math.abs(flows.at(-1)![2 * (row * width + column) + i % 2]! - last[i]!);
    });
    assert(points.filter((error) => error < 0.02).length >= 0.99 * points.length);
  },
});
