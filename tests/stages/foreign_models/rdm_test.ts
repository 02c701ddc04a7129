import assert from "node:assert/strict";
import { rdmKind } from "../../../lib/stages/rdm/kind.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { noiseClip, type Outcome, type Request, runStage } from "./stage.ts";
import { writeTinyModel } from "./tiny_model.ts";

const videos = { one: noiseClip(5, 1), two: noiseClip(5, 2) };

async function outcome(request: Request): Promise<Outcome> {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path);
  const found = await runStage(rdmKind, folder.path, request);
  if (found === undefined) throw new Error("it was stopped");
  return found;
}

function numbers({ rows }: Outcome, measure: string, video: string): number[] {
  return rows.filter((row) => row["measure"] === measure && row["video"] === video).map(({ value }) =>
    Number(value)
  );
}

/** By SciPy 1.16 (`pdist` and `spearmanr`), of the layer's activity as the kind `activations` writes it. */
const scipy = {
  correlation: {
    one: [
      0.2326385027854685,
      0.2029034456915667,
      0.22526584407645944,
      0.34353096529140814,
      0.22507072409867412,
      0.230240330834108,
      0.2708603559065442,
      0.258304740826782,
      0.25740990879455694,
      0.3117054664635608,
    ],
    two: [
      0.27742653481679636,
      0.25342100766787845,
      0.2556965711327296,
      0.2637697968188112,
      0.25684525429988025,
      0.2788653660031394,
      0.25627866289500845,
      0.23440468972887785,
      0.25405909953714856,
      0.19980806639333815,
    ],
    rho: -0.12727272727272726,
  },
  euclidean: {
    one: [
      6.021821267956924,
      5.608813910680299,
      6.124720748623752,
      7.380635895069331,
      5.591164165314079,
      5.919437446039212,
      6.304550698645683,
      6.158042974438406,
      6.0433471833672145,
      6.923108266425576,
    ],
    two: [
      5.995568061235307,
      5.881082275585046,
      6.181534269892417,
      6.148320565387174,
      5.79704023308487,
      6.350681139102251,
      5.938780452839104,
      5.944704996732311,
      6.101122855029887,
      5.580516226265967,
    ],
    rho: 0.05454545454545454,
  },
};

Deno.test("the matrices and their rank correlation are SciPy's", async () => {
  for (const distance of ["correlation", "euclidean"] as const) {
    const found = await outcome({ settings: { layers: "opponent", distance }, videos });
    const { one, two, rho } = scipy[distance];
    const pairs = [
      [numbers(found, "dissimilarity", "one"), one],
      [numbers(found, "dissimilarity", "two"), two],
      [numbers(found, "rsa", "two"), [rho]],
    ] as const;
    for (const [values, expected] of pairs) {
      assert.equal(values.length, expected.length);
      expected.forEach((value, i) =>
        assert(Math.abs(values[i]! - value) < 1e-6, `${values[i]} instead of ${value}`)
      );
    }
  }
});

Deno.test("RSA of a clip with itself is 1, in every layer", async () => {
  const same = { one: videos.one, again: videos.one };
  const found = await outcome({ settings: { layers: ["early", "late"] }, videos: same });
  assert.deepEqual(numbers(found, "rsa", "again"), [1, 1]);
});

Deno.test("every second frame makes a matrix of half as many", async () => {
  const found = await outcome({ settings: { layers: "early", step: 2 }, videos });
  const frames = found.rows.filter(({ video }) => video === "one").map((
    { frame, other_frame },
  ) => [frame, other_frame]);
  assert.deepEqual(frames, [["0", "2"], ["0", "4"], ["2", "4"]]);
});

Deno.test("a matrix of many frames has all of its rows", async () => {
  const found = await outcome({ settings: { layers: "scores" }, videos: { long: noiseClip(520, 3) } });
  assert.equal(numbers(found, "dissimilarity", "long").length, 520 * 519 / 2);
});

Deno.test("a stage that is stopped goes on with the next video and leaves the same bytes", async () => {
  const whole = await outcome({ settings: { layers: "early" }, videos });
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path);
  const request = { settings: { layers: "early" }, videos };
  assert.equal(await runStage(rdmKind, folder.path, { ...request, stopAfter: 10 }), undefined);
  const found = await runStage(rdmKind, folder.path, request);
  assert.deepEqual(found?.files, whole.files);
});
