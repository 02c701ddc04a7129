import assert from "node:assert/strict";
import fc from "fast-check";
import { averageMoments } from "../../lib/controls/equalize/averages.ts";
import type { EqualizeChoices } from "../../lib/controls/equalize/choices.ts";
import { leastContrast, momentsOf, togetherOf } from "../../lib/controls/equalize/contrast.ts";
import { equalizeClips } from "../../lib/controls/equalize/equalize.ts";
import { planesOf } from "../../lib/controls/equalize/planes.ts";
import { loadFourier } from "../../lib/frames/fourier.ts";
import { rotationalSpectrum } from "../../lib/controls/equalize/spectrum.ts";
import { radiiOf } from "../../lib/frames/radial_frequency.ts";
import { frameFromBytes, frameToBytes } from "../../lib/frames/bytes.ts";
import type { Frame, Size } from "../../lib/frames/frame.ts";
import { anyClip, anySize, noiseClip } from "./clips.ts";

const coded = { values: "coded", channels: "luminance" } as const;

/** Half a gray level: what rounding to 8 bits may change a mean or a contrast by, and a little for float32. */
const halfLevel = 0.5 / 255 + 1e-4;

const delivered = (frame: Frame) => frameFromBytes(frameToBytes(frame), frame.height, frame.width);

/** Moments of each frame, as a player shows it. */
function deliveredMoments(clip: readonly Frame[], values: EqualizeChoices["values"] = "coded") {
  return clip.map((frame) => {
    const [plane] = planesOf(delivered(frame), "srgb", { values, channels: "luminance" });
    return momentsOf(plane!.values);
  });
}

function momentsOfAll(clips: readonly (readonly Frame[])[], values: EqualizeChoices["values"]) {
  return clips.map((clip) =>
    clip.map((frame) => momentsOf(planesOf(frame, "srgb", { values, channels: "luminance" })[0]!.values))
  );
}

/** Two or three clips of several lengths, and whatever contrast and mean. */
const clips = fc.tuple(anySize, fc.boolean()).chain(([size, gray]) =>
  fc.array(anyClip(size, { gray }), { minLength: 2, maxLength: 3 })
).map((wanted) => wanted.map(noiseClip));

/** How much two clips differ at most, in gray levels as they are delivered. */
function mostLevels(a: readonly Frame[], b: readonly Frame[]): number {
  return Math.max(...a.flatMap((frame, time) => {
    const [one, other] = [frameToBytes(frame), frameToBytes(b[time]!)];
    return [...one].map((level, i) => Math.abs(level - other[i]!));
  }));
}

Deno.test("means and contrasts of clips agree within half a gray level after 8-bit export, also where values are clipped", async () => {
  const values = fc.constantFrom<EqualizeChoices["values"]>("coded", "linear");
  await fc.assert(
    fc.asyncProperty(clips, values, fc.constantFrom("clip", "frame"), async (clips, values, over) => {
      const wanted = averageMoments(momentsOfAll(clips, values), over);
      const made = await equalizeClips(clips, { values, over });
      made.forEach((clip, index) => {
        const exact = momentsOfAll([clip], values)[0]!;
        const before = momentsOfAll([clips[index]!], values)[0]!;
        const [found, had] = over === "clip" ? [[togetherOf(exact)], [togetherOf(before)]] : [exact, before];
        found.forEach(({ mean, contrast }, unit) => {
          assert(Math.abs(mean - wanted.mean) < 1e-4, `mean ${mean} instead of ${wanted.mean}`);
          // Of few pixels even black and white may have too little.
          const reachable = had[unit]!.contrast < leastContrast ? 0 : wanted.contrast;
          assert(contrast < reachable + 1e-3, `contrast ${contrast} instead of ${reachable}`);
        });
        if (values === "linear") return;
        const seen = deliveredMoments(clip);
        const together = over === "clip" ? [togetherOf(seen)] : seen;
        together.forEach(({ mean, contrast }, unit) => {
          assert(Math.abs(mean - found[unit]!.mean) < halfLevel);
          assert(Math.abs(contrast - found[unit]!.contrast) < halfLevel);
        });
      });
    }),
    { numRuns: 12 },
  );
});

Deno.test("the contrast that is wanted is reached exactly where black and white are not enough to break it", async () => {
  const ranges = fc.tuple(
    fc.double({ min: 0, max: 0.4, noNaN: true }),
    fc.double({ min: 0.6, max: 1, noNaN: true }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(ranges, { minLength: 2, maxLength: 3 }), fc.boolean(), async (ranges, gray) => {
      const clips = ranges.map((range, seed) =>
        noiseClip({ height: 12, width: 11, frames: 2, seed, range, gray })
      );
      for (const contrast of [0.05, 0.2, 0.4]) {
        for (const clip of await equalizeClips(clips, { mean: 0.5, contrast })) {
          const found = togetherOf(deliveredMoments(clip));
          assert(Math.abs(found.mean - 0.5) < halfLevel, `mean ${found.mean}`);
          assert(Math.abs(found.contrast - contrast) < halfLevel, `${found.contrast} instead of ${contrast}`);
        }
      }
    }),
    { numRuns: 4 },
  );
});

Deno.test("equalizing twice changes nothing: the frames by less than 1e-3, delivered bytes by one level at most", async () => {
  const over = fc.constantFrom<EqualizeChoices["over"]>("clip", "frame");
  // Where black itself is much of a clip, what 8 bits round away there moves a few pixels by three levels.
  const ranges = fc.array(
    fc.tuple(fc.double({ min: 0.02, max: 0.4, noNaN: true }), fc.double({ min: 0.6, max: 1, noNaN: true })),
    { minLength: 2, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(ranges, over, fc.boolean(), async (ranges, over, gray) => {
      const clips = ranges.map((range, seed) =>
        noiseClip({ height: 13, width: 8, frames: 2, seed, range, gray })
      );
      const once = await equalizeClips(clips, { over });
      const twice = await equalizeClips(once, { over });
      once.forEach((clip, index) => {
        clip.forEach((frame, time) =>
          frame.data.forEach((value, i) => {
            assert(Math.abs(value - twice[index]![time]!.data[i]!) < 1e-3);
          })
        );
        assert(mostLevels(clip, twice[index]!) <= 1);
      });
      const ofDelivered = await equalizeClips(once.map((clip) => clip.map(delivered)), { over });
      once.forEach((clip, index) => assert(mostLevels(clip, ofDelivered[index]!) <= 1));
    }),
    { numRuns: 6 },
  );
});

/** How many pixels of a clip have each level, as delivered. */
function histogram(clip: readonly Frame[]): readonly number[] {
  const counts = Array.from({ length: 256 }, () => 0);
  for (const frame of clip) frameToBytes(frame).forEach((level, i) => i % 3 === 0 && counts[level]!++);
  return counts;
}

Deno.test("exact histograms agree to one pixel per level, of clips and of frames, and the second time nothing changes", async () => {
  const grayClips = fc.tuple(anySize, fc.integer({ min: 1, max: 3 })).chain(([size, frames]) =>
    fc.array(anyClip(size, { gray: true }), { minLength: 2, maxLength: 3 })
      .map((wanted) => wanted.map((clip) => noiseClip({ ...clip, frames })))
  );
  await fc.assert(
    fc.asyncProperty(grayClips, fc.constantFrom("clip", "frame"), async (clips, over) => {
      const made = await equalizeClips(clips, { match: "histogram", over });
      const units = over === "clip" ? made : made.flatMap((clip) => clip.map((frame) => [frame]));
      const average = histogram(clips.flat()).map((count) => count * units[0]!.length / clips.flat().length);
      for (const unit of units) {
        histogram(unit).forEach((count, level) => {
          assert(
            Math.abs(count - average[level]!) <= 1 + 1e-9,
            `${count} instead of ${average[level]} at ${level}`,
          );
        });
        assert.deepEqual(histogram(unit), histogram(units[0]!));
      }
      assert.deepEqual(await equalizeClips(made, { match: "histogram", over }), made);
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

Deno.test("a clip keeps the order of its pixels when it gets another histogram", async () => {
  const size = { height: 9, width: 7, frames: 2, gray: true };
  const clips = [
    noiseClip({ ...size, seed: 1, range: [0, 1] }),
    noiseClip({ ...size, seed: 2, range: [0.4, 0.5] }),
  ];
  const [made] = await equalizeClips(clips, { match: "histogram" });
  const [before, after] = [clips[0]!, made!].map((clip) => clip.flatMap(({ data }) => [...data]));
  before!.forEach((value, i) => {
    before!.forEach((other, j) => value < other && assert(after![i]! <= after![j]!));
  });
});

Deno.test("colors keep their difference from gray, and are made paler rather than given another luminance", async () => {
  const size = { height: 8, width: 8, frames: 1, gray: false };
  const clips = [
    noiseClip({ ...size, seed: 1, range: [0.4, 0.6] }),
    noiseClip({ ...size, seed: 2, range: [0.4, 0.6] }),
  ];
  const difference = ({ data }: Frame, i: number) => data[i]! - data[i + 1]!;
  const [kept] = await equalizeClips(clips, { mean: 0.45 });
  for (let i = 0; i < 192; i += 3) {
    assert(Math.abs(difference(kept![0]!, i) - difference(clips[0]![0]!, i)) < 1e-6);
  }
  const [dark] = await equalizeClips(clips, { mean: 0.02 });
  const found = togetherOf(momentsOfAll([dark!], "coded")[0]!);
  assert(Math.abs(found.mean - 0.02) < 1e-4, `${found.mean}`);
});

Deno.test("separate channels get a mean and a contrast each", async () => {
  const clips = [1, 2].map((seed) => {
    const [frame] = noiseClip({ height: 9, width: 9, frames: 1, seed, range: [0.2, 0.7], gray: false });
    return [{ ...frame!, data: frame!.data.map((value, i) => i % 3 === 0 ? value * 0.5 * seed : value) }];
  });
  const made = await equalizeClips(clips, { channels: "separate" });
  const channels = made.map(([frame]) =>
    planesOf(frame!, "srgb", { ...coded, channels: "separate" }).map(({ values }) => momentsOf(values))
  );
  channels[0]!.forEach(({ mean, contrast }, channel) => {
    const other = channels[1]![channel]!;
    assert(Math.abs(mean - other.mean) < 1e-6 && Math.abs(contrast - other.contrast) < 1e-5);
  });
});

Deno.test("a clip of one color gets the mean, keeps no contrast, and takes none from the others", async () => {
  const size = { height: 6, width: 6, frames: 2, gray: true };
  const clips = [
    noiseClip({ ...size, seed: 1, range: [0.2, 0.8] }),
    noiseClip({ ...size, seed: 2, range: [0.9, 0.9] }),
  ];
  const [noise, flat] = (await equalizeClips(clips)).map((clip) =>
    togetherOf(momentsOfAll([clip], "coded")[0]!)
  );
  assert(Math.abs(noise!.mean - flat!.mean) < 1e-6);
  assert(flat!.contrast < 1e-6);
  assert(Math.abs(noise!.contrast - togetherOf(momentsOfAll(clips, "coded")[0]!).contrast) < 1e-5);
});

Deno.test("equal spectra: their shapes agree within a hundredth where nothing is clipped, of any size", async () => {
  await fc.assert(
    fc.asyncProperty(anySize.filter(({ height, width }) => Math.min(height, width) > 4), async (size) => {
      const clips = [0, 1, 2].map((seed) => smooth(size, seed));
      const fourier = await loadFourier();
      const made = await equalizeClips(clips, { spectrum: "rotational", mean: 0.5, contrast: 0.02 });
      const spectra = made.map(([frame]) => {
        const [plane] = planesOf(frame!, "srgb", coded);
        return rotationalSpectrum(fourier, plane!, radiiOf(plane!));
      });
      const shapes = spectra.map((spectrum) => spectrum.subarray(1).map((value) => value / spectrum[1]!));
      shapes[0]!.forEach((value, radius) => {
        for (const shape of shapes) assert(Math.abs(shape[radius]! / value - 1) < 0.01);
      });
    }),
    { numRuns: 6 },
  );
});

/** Noise plus a wave, so that spectra differ. */
function smooth({ height, width }: Size, seed: number): Frame[] {
  const [noise] = noiseClip({ height, width, frames: 1, seed, range: [0.4, 0.6], gray: true });
  const wave = (pixel: number) => 0.2 * Math.sin(seed + (1 + seed) * 2 * Math.PI * (pixel % width) / width);
  return [{ ...noise!, data: noise!.data.map((value, i) => value + wave(Math.floor(i / 3))) }];
}

Deno.test("frames of several sizes have no common spectrum, and a clip has frames", async () => {
  const clip = (height: number) =>
    noiseClip({ height, width: 5, frames: 1, seed: 1, range: [0, 1], gray: true });
  await assert.rejects(
    equalizeClips([clip(5), clip(6)], { spectrum: "rotational" }),
    /several sizes: 5 x 5, 6 x 5/,
  );
  await assert.rejects(equalizeClips([clip(5), []]), /without frames/);
});
