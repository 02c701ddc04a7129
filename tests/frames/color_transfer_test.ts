import assert from "node:assert/strict";
import type { Frame } from "../../lib/frames/frame.ts";
import { meanStdLab } from "../../lib/frames/color_transfer/mean_std_lab.ts";
import { pdfTransfer } from "../../lib/frames/color_transfer/pdf_transfer.ts";
import { regrain } from "../../lib/frames/color_transfer/regrain.ts";
import { transferColor } from "../../lib/frames/color_transfer/transfer_color.ts";
import { uniformNoise } from "../../lib/frames/noise.ts";
import { sharedPath } from "../shared_data.ts";
import { difference, readGoldenFrames } from "./golden_frames.ts";

const small = sharedPath("golden/color_transfer.npz");
const large = sharedPath("golden/color_transfer_large.npz");

/** The README's tolerance of every color transfer. */
function agrees(made: Frame, expected: Frame): boolean {
  const { mean, max } = difference(made, expected);
  return mean <= 1e-5 && max <= 1e-4;
}

Deno.test({
  name: "transferColor() by pdf_regrain agrees with the authors' code",
  ignore: small === undefined || large === undefined,
  fn: async () => {
    for (const path of [small!, large!]) {
      const frames = await readGoldenFrames(path);
      const made = transferColor(frames("source"), frames("target"), "pdf_regrain");
      assert.ok(agrees(made, frames("result")), JSON.stringify(difference(made, frames("result"))));
    }
  },
});

Deno.test({
  name: "transferColor() by pdf alone agrees with the authors' code",
  ignore: large === undefined,
  fn: async () => {
    const frames = await readGoldenFrames(large!);
    const made = transferColor(frames("source"), frames("target"), "pdf");
    assert.ok(agrees(made, frames("pdf")), JSON.stringify(difference(made, frames("pdf"))));
  },
});

Deno.test({
  name: "256 bins instead of 300 are outside the tolerance",
  ignore: large === undefined,
  fn: async () => {
    const frames = await readGoldenFrames(large!);
    const [source, target] = [frames("source"), frames("target")];
    const data = pdfTransfer(Float64Array.from(source.data), Float64Array.from(target.data), 256);
    assert.ok(!agrees({ ...source, data: Float32Array.from(data) }, frames("pdf")));
  },
});

Deno.test({
  name: "two levels of regraining instead of six are outside the tolerance",
  ignore: large === undefined,
  fn: async () => {
    const frames = await readGoldenFrames(large!);
    const source = frames("source");
    const recolored = Float64Array.from(frames("pdf").data);
    const withLevels = (sweeps?: readonly number[]) => ({
      ...source,
      data: Float32Array.from(regrain(Float64Array.from(source.data), recolored, source, sweeps)),
    });
    assert.ok(agrees(withLevels(), frames("result")));
    assert.ok(!agrees(withLevels([4, 16]), frames("result")));
  },
});

const noise = (seed: number, height: number, width: number) =>
  uniformNoise({ seed, frame: 0, purpose: "generated" }, height, width);

Deno.test("transferColor() by none returns the source itself", () => {
  const source = noise(1, 5, 6);
  assert.equal(transferColor(source, noise(2, 5, 6), "none"), source);
});

Deno.test("transferColor() leaves its inputs alone and takes targets of another size", () => {
  const source = noise(1, 44, 50);
  const target = noise(2, 20, 30);
  const before = [source.data.slice(), target.data.slice()];
  for (const variant of ["pdf", "pdf_regrain", "mean_std_lab"] as const) {
    const made = transferColor(source, target, variant);
    assert.equal(made.data.length, source.data.length);
    assert.ok(made.data.every((value) => value >= 0 && value <= 1));
  }
  assert.deepEqual([source.data, target.data], before);
});

Deno.test("a frame recolored with its own colors stays as it is, within a bin's width", () => {
  const source = noise(1, 41, 43);
  assert.ok(difference(transferColor(source, source, "pdf"), source).mean < 1 / 300);
  assert.ok(difference(transferColor(source, source, "mean_std_lab"), source).mean < 1e-3);
});

Deno.test("mean_std_lab gives a constant frame the target's mean color", () => {
  const gray = new Float64Array(300).fill(0.2);
  const color = [0.7, 0.3, 0.2];
  const target = Float64Array.from({ length: 60 }, (_, i) => color[i % 3]!);
  const made = meanStdLab(gray, target);
  made.forEach((value, i) => assert.ok(Math.abs(value - color[i % 3]!) < 1e-9, `value ${i} is ${value}`));
});
