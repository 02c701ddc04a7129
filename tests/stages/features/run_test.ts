import assert from "node:assert/strict";
import { temporaryFolder } from "../../temporary_folder.ts";
import { type Clip, clip, measure, type Outcome, stripes } from "./stage.ts";

async function outcome(conditions: Parameters<typeof measure>[1]): Promise<Outcome> {
  await using folder = await temporaryFolder();
  const found = await measure(folder.path, conditions);
  if (found === undefined) throw new Error("it was stopped");
  return found;
}

function values({ rows }: Outcome, video: string, feature: string): number[] {
  return rows.filter((row) => row.video === video && row.feature === feature).map(({ value }) => value);
}

function near(found: number | undefined, expected: number, tolerance = 1e-6): void {
  assert(Math.abs((found ?? NaN) - expected) <= tolerance, `${found} instead of ${expected}`);
}

const only = (name: string, clip: Clip) => ({ [name]: { [name]: clip } });

Deno.test("a table has the features of each frame; change and flow begin at frame 1", async () => {
  const found = await outcome({ ...only("natural", stripes(4)), ...only("metamer", stripes(4, 2)) });
  const features = (video: string, frame: number) =>
    found.rows.filter((row) => row.video === video && row.frame === frame).map(({ feature }) => feature);
  assert.deepEqual(features("natural", 0), ["intensity", "contrast"]);
  assert.deepEqual(features("natural", 1), [
    ...["intensity", "contrast", "pixel_change", "flow_magnitude"],
    ...["flow_angle", "flow_angle_circular", "flow_resultant"],
  ]);
  assert.deepEqual(features("metamer", 0), ["intensity", "contrast", "luminance_distance"]);
  near(values(found, "natural", "intensity")[2], 0.5, 0.02);
});

Deno.test("a video beside itself differs in nothing and correlates wherever it changes", async () => {
  const { summary } = await outcome({ ...only("natural", stripes(6)), ...only("copy", stripes(6)) });
  const beside = summary.videos[1]?.beside_reference;
  for (const [feature, found] of Object.entries(beside?.features ?? {})) {
    near(found.mean_difference, 0);
    near(found.earth_movers_distance, 0);
    if (found.correlation !== undefined) near(found.correlation, 1, 1e-9);
    assert(feature !== "");
  }
  assert.equal(beside?.luminance_distance, 0);
  assert.match(
    summary.headline,
    /^beside natural: copy intensity 0 %, contrast 0 %, pixel change 0 %, optical flow 0 %$/,
  );
});

Deno.test("the headline says how far each video is from the reference in the paper's four features", async () => {
  const { summary } = await outcome({
    ...only("natural", stripes(5, 1, 0.2)),
    ...only("louder", stripes(5, 1, 0.4)),
    ...only("still", stripes(5, 0, 0.2)),
  });
  assert.match(
    summary.headline,
    /louder intensity \S+ %, contrast \+\d+ %, pixel change \+\d+ %, optical flow/,
  );
  assert.match(summary.headline, /; still .*pixel change -100 %, optical flow -\d+ %$/);
});

Deno.test("a drifting grating peaks at its own frequencies, in cycles per pixel and in hertz", async () => {
  const grating = clip(20, (_, column, time) => 0.5 + 0.3 * Math.sin(2 * Math.PI * (column / 8 - time / 5)), {
    height: 16,
    width: 24,
    fps: "50/1",
  });
  const { spectra } = await outcome(only("grating", grating));
  const peak = (spectrum: string) =>
    spectra.filter((row) => row.spectrum === spectrum).reduce((a, b) => b.value > a.value ? b : a);
  assert.deepEqual([peak("spatial").frequency, peak("spatial").unit], [1 / 8, "cycles/pixel"]);
  assert.deepEqual([peak("temporal").frequency, peak("temporal").unit], [10, "Hz"]);
});

Deno.test("one frame has no change, no flow and no temporal spectrum; two frames have no correlation", async () => {
  const { rows, spectra, summary } = await outcome({
    ...only("natural", stripes(4)),
    ...only("one", stripes(1)),
    ...only("two", stripes(2)),
  });
  assert(rows.every(({ value }) => Number.isFinite(value)));
  const [, one, two] = summary.videos;
  assert.deepEqual(Object.keys(one?.features ?? {}), ["intensity", "contrast"]);
  assert.equal(one?.slopes.temporal, undefined);
  assert(!spectra.some(({ video, spectrum }) => video === "one" && spectrum === "temporal"));
  assert(
    Object.values(two?.beside_reference?.features ?? {}).every(({ correlation }) =>
      correlation === undefined
    ),
  );
  assert.equal(two?.features.flow_magnitude?.count, 1);
});

Deno.test("a clip of one color has contrast, change and flow 0, no slope, and no percent where the reference is 0", async () => {
  const { rows, summary } = await outcome({
    ...only("flat", clip(4, () => 0.5)),
    ...only("stripes", stripes(4)),
  });
  const of = (feature: string) => rows.filter((row) => row.video === "flat" && row.feature === feature);
  for (const feature of ["contrast", "pixel_change", "flow_magnitude"]) {
    assert(of(feature).every(({ value }) => Math.abs(value) < 1e-6), feature);
  }
  assert.deepEqual(summary.videos[0]?.slopes, {});
  assert.match(
    summary.headline,
    /contrast \+0\.\d+ \(0 in the reference\).*px per frame \(0 in the reference\)$/,
  );
});

Deno.test("of different lengths the frames that both have are compared, and the summary says so", async () => {
  const brighter = clip(8, (_row, _column, time) => time < 4 ? 0.2 : 0.8);
  const { summary } = await outcome({
    ...only("natural", brighter),
    ...only("short", clip(4, () => 0.2)),
  });
  assert.equal(summary.videos[1]?.beside_reference?.features.intensity?.mean_difference, 0);
  assert.deepEqual(summary.cautions, [
    "short has 4 frames, natural 8: the first 4 of both are compared; spectra are of as many frames as all videos have",
  ]);
});

Deno.test("spectra and charts are of the frames that all videos have, the table of all", async () => {
  const [long, cut] = [stripes(20), stripes(8)];
  const beside = await outcome({ ...only("natural", long), ...only("metamer", cut) });
  const alone = await outcome(only("natural", cut));
  const spectraOf = ({ spectra }: Outcome) => spectra.filter(({ video }) => video === "natural");
  assert.deepEqual(spectraOf(beside), spectraOf(alone), "as if the longer one ended there");
  assert.deepEqual(beside.summary.videos[0]?.slopes, alone.summary.videos[0]?.slopes);
  assert.equal(values(beside, "natural", "intensity").length, 20);
  for (const chart of Object.values(beside.summary.charts)) {
    assert.match(JSON.stringify(chart), /the first 8 frames, which all have/);
  }
  assert.match(JSON.stringify(beside.summary.charts.features_over_time), /datum\.frame < 8/);
  const slower = await outcome({
    ...only("natural", long),
    ...only("slow", stripes(8, 1, 0.4, { fps: "12/1" })),
  });
  const count =
    slower.spectra.filter(({ video, spectrum }) => video === "natural" && spectrum === "temporal").length;
  assert.equal(count, 10, "of all frames where frame rates differ");
});

Deno.test("bars are of the frames that all videos have, and say so where some have more", async () => {
  const bars = async (lengths: readonly [number, number]) => {
    const { summary: { charts } } = await outcome({
      ...only("natural", stripes(lengths[0])),
      ...only("metamer", stripes(lengths[1])),
    });
    return JSON.stringify(charts.features);
  };
  const shorter = await bars([5, 3]);
  assert.match(shorter, /"filter":"datum\.frame < 3"/);
  assert.match(shorter, /Means over the first 3 frames, which all have/);
  const equal = await bars([3, 3]);
  assert.doesNotMatch(equal, /datum\.frame </);
  assert.match(equal, /Means over frames/);
});

Deno.test("percents in the headline are of the reference over the frames that are compared", async () => {
  const { summary } = await outcome({
    ...only("natural", clip(4, () => 0.2)),
    ...only("longer", clip(8, (_row, _column, time) => time < 4 ? 0.4 : 0.8)),
  });
  assert.match(summary.headline, /longer intensity \+100 %/);
});

Deno.test("other sizes and frame rates are measured, and the headline points to what that means", async () => {
  const found = await outcome({
    ...only("natural", stripes(5)),
    ...only("large", stripes(5, 1, 0.4, { height: 24, width: 30 })),
    ...only("fast", stripes(5, 1, 0.4, { fps: "50/1" })),
  });
  const { summary } = found;
  assert.equal(summary.cautions.length, 2);
  assert.match(summary.headline, /\(sizes or frame rates differ: see cautions in the summary\)$/);
  const fast = Object.values(summary.videos[2]?.beside_reference?.features ?? {});
  assert(fast.length > 0 && fast.every(({ correlation }) => correlation === undefined));
  assert.deepEqual(values(found, "fast", "luminance_distance"), []);
  assert.equal(values(found, "large", "luminance_distance").length, 5);
});

Deno.test("each version is compared with its own clip, and clips have an interval", async () => {
  const flat = (value: number, factors?: Record<string, string>): Clip => (
    { ...clip(3, () => value), ...(factors && { factors }) }
  );
  const { summary } = await outcome({
    clips: { a: flat(0.2), b: flat(0.4), c: flat(0.6) },
    metamer: {
      "metamer[clip=a,seed=1]": flat(0.4, { clip: "a", seed: "1" }),
      "metamer[clip=a,seed=2]": flat(0.6, { clip: "a", seed: "2" }),
      "metamer[clip=b,seed=1]": flat(0.4, { clip: "b", seed: "1" }),
      "metamer[clip=c,seed=1]": flat(0.8, { clip: "c", seed: "1" }),
    },
  });
  assert.deepEqual(summary.videos.slice(3).map(({ reference }) => reference), ["a", "a", "b", "c"]);
  const [, metamer] = summary.conditions;
  const found = metamer?.features.intensity?.mean_difference;
  assert.deepEqual([metamer?.over, found?.count], ["clips", 3]);
  near(found?.mean, (0.3 + 0 + 0.2) / 3);
  near(found?.low, 0);
  near(found?.high, 0.3);
});

Deno.test("frames are measured as delivered: coded and in 8 bits", async () => {
  const { height, width } = { height: 4, width: 5 };
  const light = clip(3, () => 0, { height, width });
  const source = {
    frames: 3,
    frame: () => Promise.resolve({ shape: [height, width, 3], data: new Float32Array(60).fill(0.2140) }),
  };
  const linear: Clip = { source, facts: { ...light.facts, transfer: "linear" } };
  const found = await outcome(only("light", linear));
  near(values(found, "light", "intensity")[0], 127 / 255);
});

Deno.test("a stop keeps what was measured: the next run goes on and writes the same bytes", async () => {
  const conditions = { ...only("natural", stripes(3)), ...only("metamer", stripes(4, 2)) };
  const whole = await outcome(conditions);
  await using folder = await temporaryFolder();
  assert.equal(await measure(folder.path, conditions, { stopAfter: 0 }), undefined);
  assert.equal(await measure(folder.path, conditions, { stopAfter: 2 }), undefined);
  assert.equal(await measure(folder.path, conditions, { stopAfter: 3 }), undefined);
  const rest = await measure(folder.path, conditions);
  assert.equal(rest?.events.length, 2);
  assert.deepEqual(rest.files, whole.files);
});

Deno.test("what was measured is kept from time to time, and progress is told after each frame", async () => {
  await using folder = await temporaryFolder();
  const found = await measure(folder.path, only("natural", stripes(3)), { checkpointEvery: 1e-9 });
  assert.equal(found?.saved[0]?.type, "checkpoint.saved");
  assert.deepEqual(
    found.events.map((event) => event.type === "frame.finished" ? [event.frame, event.of] : []),
    [[0, 3], [1, 3], [2, 3]],
  );
});
