import assert from "node:assert/strict";
import { linearCka } from "../../../lib/analysis/cka.ts";
import { similarityKind } from "../../../lib/stages/similarity/kind.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { previewSimilarity } from "../../../lib/stages/similarity/preview.ts";
import { noiseClip, type Outcome, planStage, type Request, runStage } from "./stage.ts";
import { kernel, size, type Variation, writeTinyModel } from "./tiny_model.ts";

const one = noiseClip(20, 1);
const two = noiseClip(20, 2);

const settings = { layers: { early: "opponent", late: "rectified" } };

async function outcome(request: Request, variation?: Variation): Promise<Outcome> {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path, variation);
  const found = await runStage(similarityKind, folder.path, request);
  if (found === undefined) throw new Error("it was stopped");
  return found;
}

/** The layer `opponent` by hand: channels x locations. */
async function opponent(source: FrameSource, frame: number): Promise<Float64Array> {
  const { data } = await source.frame(frame);
  const pixels = size.height * size.width;
  return Float64Array.from({ length: 2 * pixels }, (_, index) => {
    const [channel, pixel] = [Math.floor(index / pixels), index % pixels];
    return [0, 1, 2].reduce((sum, c) => sum + kernel[3 * channel + c]! * data[3 * pixel + c]! / 255, 0);
  });
}

function values({ rows }: Outcome, measure: string, layer = "early"): number[] {
  return rows.filter((row) => row["measure"] === measure && row["layer"] === layer).map((row) =>
    Number(row["value"])
  );
}

function near(found: number | undefined, expected: number, tolerance = 1e-5): void {
  assert(Math.abs((found ?? NaN) - expected) <= tolerance, `${found} instead of ${expected}`);
}

Deno.test("a video is as itself in every layer at every frame", async () => {
  const found = await outcome({ settings, videos: { one, same: one } });
  assert.equal(values(found, "cka").length, 20);
  for (const value of [...values(found, "cka"), ...values(found, "cka_debiased", "late")]) {
    near(value, 1, 1e-9);
  }
});

Deno.test("CKA is that of the layers' places and channels, though they are no outputs of the file", async () => {
  const found = await outcome({ settings, videos: { one, two } });
  const pixels = size.height * size.width;
  for (const frame of [0, 7, 19]) {
    const of = async (source: FrameSource) => (
      { samples: pixels, features: 2, order: "by_feature", data: await opponent(source, frame) } as const
    );
    const expected = linearCka(await of(one), await of(two));
    near(values(found, "cka")[frame], expected.cka);
    near(values(found, "cka_debiased")[frame], expected.debiased ?? NaN);
  }
});

Deno.test("frames as samples are those of a window, and the number stands at its last", async () => {
  const found = await outcome({ settings: { ...settings, samples: "frames" }, videos: { one, two } });
  const frames = found.rows.filter(({ layer, measure }) => layer === "early" && measure === "cka")
    .map(({ frame }) => Number(frame));
  assert.deepEqual(frames, Array.from({ length: 16 }, (_, index) => index + 4));
  const rows = async (source: FrameSource) => {
    const all = await Promise.all([3, 4, 5, 6, 7].map((frame) => opponent(source, frame)));
    const data = Float64Array.from(all.flatMap((values) => [...values]));
    return { samples: 5, features: data.length / 5, order: "by_sample", data } as const;
  };
  near(values(found, "cka")[3], linearCka(await rows(one), await rows(two)).cka);
});

Deno.test("a model that sees three frames slides over the video", async () => {
  const found = await outcome({ settings: { ...settings, window: 3 }, videos: { one, two } }, { frames: 3 });
  const frames = found.rows.filter(({ layer, measure }) => layer === "late" && measure === "cka")
    .map(({ frame }) => Number(frame));
  assert.deepEqual(frames, Array.from({ length: 18 }, (_, index) => index + 2));
  const joined = async (source: FrameSource) => {
    const all = await Promise.all([5, 6, 7].map((frame) => opponent(source, frame)));
    const pixels = size.height * size.width;
    const data = Float64Array.from(
      [0, 1].flatMap((channel) =>
        all.flatMap((values) => [...values.subarray(channel * pixels, (channel + 1) * pixels)])
      ),
    );
    return { samples: 3 * pixels, features: 2, order: "by_feature", data } as const;
  };
  near(values(found, "cka")[5], linearCka(await joined(one), await joined(two)).cka);
});

Deno.test("the first video is the reference of all others, in the table and in the headline", async () => {
  const found = await outcome({ settings, videos: { one, two, three: noiseClip(12, 3) } });
  assert.deepEqual(new Set(found.rows.map(({ reference }) => reference)), new Set(["one"]));
  assert.deepEqual(new Set(found.rows.map(({ video }) => video)), new Set(["two", "three"]));
  assert.equal(values(found, "cka").length, 2 * 12);
  assert.match(
    String(found.summary["headline"]),
    /^CKA with one in tiny.onnx: two early 0\.\d\d, late 0\.\d\d; three /,
  );
});

Deno.test("a stage that is stopped again and again leaves the same bytes", async () => {
  for (const request of [{ ...settings }, { ...settings, samples: "frames" }]) {
    const whole = await outcome({ settings: request, videos: { one, two } });
    await using folder = await temporaryFolder();
    await writeTinyModel(folder.path);
    let [found, stops]: [Outcome | undefined, number] = [undefined, 0];
    for (; found === undefined && stops < 10; stops++) {
      found = await runStage(similarityKind, folder.path, {
        settings: request,
        videos: { one, two },
        stopAfter: 1 + stops % 2 * 8,
      });
      if (stops === 3) {
        found = await runStage(similarityKind, folder.path, { settings: request, videos: { one, two } });
      }
    }
    assert(stops > 2);
    assert.deepEqual(found?.files, whole.files);
  }
});

Deno.test("a preview's numbers are over the frames that it has", async () => {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path);
  const previewed = async (own: Readonly<Record<string, unknown>>, frames: number) => {
    const videos = { one: noiseClip(frames, 1), two: noiseClip(frames, 2) };
    const planned = await planStage(similarityKind, folder.path, {
      settings: { ...settings, ...own },
      videos,
    });
    const preview = previewSimilarity(planned.settings, planned.facts);
    return [preview.settings.window, ...preview.notes];
  };
  assert.deepEqual(await previewed({ window: 8 }, 5), [5, "numbers are over 5 frames instead of 8"]);
  assert.deepEqual(await previewed({ samples: "frames" }, 3), [3, "numbers are over 3 frames instead of 5"]);
  assert.deepEqual(await previewed({ window: 4 }, 5), [4]);
});
