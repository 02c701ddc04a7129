import assert from "node:assert/strict";
import fc from "fast-check";
import { correctedSsim, ssim, type SsimForm, ssimForms } from "../../lib/analysis/ssim.ts";
import { npzArray } from "../../lib/formats/npz.ts";
import { frameFromBytes } from "../../lib/frames/bytes.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { uniformNoise } from "../../lib/frames/noise.ts";
import { readGolden } from "../golden_data.ts";
import { sharedPath } from "../shared_data.ts";
import { uniformGray } from "../frames/uniform_gray.ts";

const size = [13, 15] as const;
const noise = (seed: number): Frame => uniformNoise({ seed, frame: 0, purpose: "generated" }, ...size);
const seeds = fc.integer({ min: 0, max: 1000 });

/** a + share (b - a). */
function between(a: Frame, b: Frame, share: number): Frame {
  return { ...a, data: a.data.map((value, i) => value + share * (b.data[i]! - value)) };
}

const golden: Readonly<Record<SsimForm, string>> = { wang: "ssim_gaussian", scikit_image: "ssim_uniform7" };

for (const form of ssimForms) {
  Deno.test({
    name: `ssim() gives scikit-image's number for the form ${form}`,
    ignore: sharedPath("golden/ssim.npz") === undefined,
    fn: () => {
      const arrays = readGolden("ssim.npz");
      const [a, b] = ["a", "b"].map((name) => {
        const { shape: [height = 0, width = 0], data } = npzArray(arrays, name, "ssim.npz");
        assert.ok(data instanceof Uint8Array);
        return frameFromBytes(data, height, width);
      });
      assert.ok(a !== undefined && b !== undefined);
      const expected = Number(npzArray(arrays, golden[form], "ssim.npz").data[0]);
      const found = ssim(a, b, form);
      assert.ok(Math.abs(found - expected) < 1e-6, `${found}, expected ${expected}`);
      const other = ssimForms.find((one) => one !== form);
      assert.ok(Math.abs(ssim(a, b, other) - expected) > 1e-3, "the forms differ");
    },
  });

  Deno.test(`ssim() is symmetric, at most 1, and 1 for a frame and itself (${form})`, () => {
    fc.assert(
      fc.property(seeds, seeds, (one, other) => {
        const [a, b] = [noise(one), noise(other)];
        assert.equal(ssim(a, a, form), 1);
        assert.equal(ssim(a, b, form), ssim(b, a, form));
        assert.ok(Math.abs(ssim(a, b, form)) <= 1);
      }),
      { numRuns: 20 },
    );
  });

  Deno.test(`ssim() falls with the share of noise that is mixed in (${form})`, () => {
    const [a, b] = [between(uniformGray(0.5, ...size), noise(1), 0.8), noise(2)];
    const values = [0, 0.1, 0.3, 0.6, 1].map((share) => ssim(a, between(a, b, share), form));
    assert.deepEqual(values, values.toSorted((x, y) => y - x));
  });

  Deno.test(`ssim() of two grays is the luminance term alone (${form})`, () => {
    const [a, b] = [uniformGray(0.25, ...size), uniformGray(0.5, ...size)];
    const expected = (2 * 0.25 * 0.5 + 1e-4) / (0.25 ** 2 + 0.5 ** 2 + 1e-4);
    assert.ok(Math.abs(ssim(a, b, form) - expected) < 1e-9);
    assert.equal(ssim(uniformGray(0, ...size), uniformGray(0, ...size), form), 1);
  });

  Deno.test(`correctedSsim() of a copy of the previous frame is 0 (${form})`, () => {
    const [previous, current] = [noise(3), noise(4)];
    const gray = uniformGray(0.5, ...size);
    for (
      const frames of [
        { previous, current, predicted: previous },
        { previous, current: previous, predicted: previous },
        { previous: gray, current: gray, predicted: gray },
      ]
    ) {
      // -0 is 0.
      assert.ok(correctedSsim(frames, form) === 0);
    }
  });

  Deno.test(`correctedSsim() of a perfect prediction is 1 - SSIM(previous, current) (${form})`, () => {
    const [previous, current] = [noise(5), between(noise(5), noise(6), 0.5)];
    assert.equal(
      correctedSsim({ previous, current, predicted: current }, form),
      1 - ssim(previous, current, form),
    );
  });
}

Deno.test("ssim() refuses frames of two sizes, and frames smaller than its window", () => {
  assert.throws(() => ssim(uniformGray(0, 12, 12), uniformGray(0, 12, 13)), /12 x 12 and 12 x 13/);
  assert.throws(() => ssim(uniformGray(0, 10, 30), uniformGray(0, 10, 30)), /the window is 11 x 11/);
  assert.equal(ssim(uniformGray(0, 10, 30), uniformGray(0, 10, 30), "scikit_image"), 1);
});
