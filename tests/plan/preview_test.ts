import assert from "node:assert/strict";
import { previewScale } from "../../lib/plan/preview.ts";
import { loadGood } from "../workflow/language.ts";

/** The preview of a workflow: what is written out of each instance, and the notes. */
async function preview(stages: string, clip = "street_360x640_120.mp4", isPreview = true) {
  const text = `
metamer: 1
videos:
  clip: { file: ${clip} }
stages:
${stages}
`;
  const { inspected } = await loadGood(
    { "main.yaml": text },
    isPreview ? { preview: previewScale } : {},
  );
  return Object.fromEntries(inspected.map(({ instance, artifact, notes, facts }) => [
    instance.name,
    { written: instance.read.written, artifact, notes, keyed: instance.read.keyed(facts) },
  ]));
}

const metamer = "  out: { kind: synthesis, targets: { spatial_texture: clip, temporal_texture: clip } }";

Deno.test("a preview has a quarter of the size, five frames, and a tenth of the iterations of each octave", async () => {
  const { clip, out } = await preview(metamer);
  assert.partialDeepStrictEqual(clip?.artifact, { video: { height: 90, width: 160, frames: 120 } });
  assert.partialDeepStrictEqual(out?.artifact, {
    made: "video",
    video: { height: 90, width: 160, frames: 5 },
  });
  assert.partialDeepStrictEqual(out?.written, {
    frames: 5,
    octaves: {
      steps: [{ octave: -2, iterations: 25 }, { octave: -1, iterations: 75 }, { octave: 0, iterations: 100 }],
    },
  });
  assert.deepEqual(out?.notes, []);
});

Deno.test("what a preview changes is in its key, and nothing else is", async () => {
  const [small, whole] = [await preview(metamer), await preview(metamer, undefined, false)];
  const [a, b] = [small.out?.keyed, whole.out?.keyed];
  assert.notDeepEqual(small.clip?.keyed, whole.clip?.keyed);
  assert.ok(typeof a === "object" && a !== null && typeof b === "object" && b !== null);
  const changed = Object.entries(a).filter(([name, value]) => {
    const before = Object.entries(b).find(([other]) => other === name)?.[1];
    return JSON.stringify(value) !== JSON.stringify(before);
  });
  assert.deepEqual(changed.map(([name]) => name).sort(), ["height", "octaves", "width"]);
});

Deno.test("a size and keyframes of iterations that the stage has itself become smaller, too", async () => {
  const { out } = await preview(`  out:
    kind: synthesis
    height: 180
    frames: 3
    targets: { spatial_texture: clip }
    octaves: { steps: [{ octave: 0, iterations: { 0: 100, 9: 4 } }] }`);
  assert.partialDeepStrictEqual(out?.written, {
    height: 46,
    width: 80,
    frames: 3,
    octaves: { steps: [{ octave: 0, iterations: { 0: 10, 9: 1 } }] },
  });
});

Deno.test("octaves that the models cannot see are left out with a note; where none is left, full size stands in", async () => {
  const { out } = await preview(metamer, "small_128x192_20.mp4");
  assert.partialDeepStrictEqual(out?.written, { octaves: { steps: [{ octave: -1 }, { octave: 0 }] } });
  assert.deepEqual(out?.notes, ["too small for a preview and left out: octave -2"]);

  const far = await preview(
    `  out: { kind: synthesis, targets: { spatial_texture: clip }, octaves: preview }`,
    "small_128x192_20.mp4",
  );
  assert.partialDeepStrictEqual(far.out?.written, { octaves: { steps: [{ octave: 0, iterations: 12 }] } });
  assert.deepEqual(far.out?.notes, ["too small for a preview: octave -3, -2; octave 0 stands in"]);
});

Deno.test("frames whose only octave is too small for a preview get its iterations in the first one kept", async () => {
  const { out } = await preview(
    `  out:
    kind: synthesis
    frames: 3
    targets: { spatial_texture: clip }
    padding: 0
    octaves: { steps: [{ octave: -2, iterations: { 0: 100, 1: 0 } }, { octave: 0, iterations: { 0: 0, 1: 50 } }] }`,
    "small_128x192_20.mp4",
  );
  assert.partialDeepStrictEqual(out?.written, {
    octaves: { steps: [{ octave: 0, iterations: { 0: 10, 1: 5, 2: 5 } }] },
  });
});

Deno.test("a side never becomes smaller than 32 pixels, nor larger than it was", () => {
  assert.deepEqual(previewScale.size({ height: 64, width: 128 }), { height: 32, width: 64 });
  assert.deepEqual(previewScale.size({ height: 24, width: 31 }), { height: 24, width: 31 });
  assert.deepEqual(previewScale.size({ height: 1080, width: 1920 }), { height: 270, width: 480 });
});

Deno.test("a side that is not made a quarter is told", async () => {
  const { clip, out } = await preview(metamer, "small_64x96_20.mp4");
  assert.deepEqual(clip?.notes, [
    "the preview's shorter side is 32, not a quarter of 64: less would be too small",
  ]);
  assert(out?.notes.every((note) => !note.includes("quarter")), "it has its target's size");
  const own = await preview(metamer.replace("targets", "height: 24, width: 32, octaves: preview, targets"));
  assert.equal(own.out?.notes[0], "kept at 24 x 32: a quarter of that would be too small for a preview");
});
