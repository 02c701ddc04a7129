import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { ssim } from "../../../lib/analysis/ssim.ts";
import { openEngine } from "../../../lib/engines/open.ts";
import { frameFromBytes, frameToBytes } from "../../../lib/frames/bytes.ts";
import { uniformNoise } from "../../../lib/frames/noise.ts";
import { kindNamed } from "../../../lib/stages/table.ts";
import { inspectPredictor } from "../../../lib/stages/inspect_predictor.ts";
import type { StageContext, VideoFacts } from "../../../lib/plan/stage_kind.ts";
import { createCheckpoints } from "../../../lib/runner/checkpoints.ts";
import { sha256OfFile } from "../../../lib/store/checksum.ts";
import type { StageEvent } from "../../../lib/store/events.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import { prednetArrays, prednetFile } from "../../models/prednet/prednet_file.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const size = { height: 12, width: 16 };
const facts: VideoFacts = { ...size, frames: 9, fps: "25/1" };

/** A clip of noise in 8 bits. */
function noise(seed: number) {
  return {
    frames: facts.frames,
    frame: (frame: number) => {
      const made = uniformNoise({ seed, frame, purpose: "generated" }, size.height, size.width);
      return Promise.resolve({ shape: [size.height, size.width, 3], data: frameToBytes(made) });
    },
  };
}

const settings = { weights: "w.hdf5", context: 3, ...size };

/** Runs a kind on two clips in a folder that has `w.hdf5`. Resolves to the events. */
async function run(
  kind: "ssim" | "prediction" | "predicted_frames",
  written: Readonly<Record<string, unknown>>,
  folder: string,
  { key = kind, stopAfter = Infinity }: { readonly key?: string; readonly stopAfter?: number } = {},
): Promise<readonly StageEvent[]> {
  const events: StageEvent[] = [];
  const inspected = kind === "ssim"
    ? undefined
    : await inspectPredictor("w.hdf5", folder, () => {}, sha256OfFile, (_what, _sha256, find) => find());
  const roles = kind === "predicted_frames"
    ? { video: "one" }
    : kind === "ssim"
    ? { "videos.0": "one", "videos.1": "two" }
    : { "videos.0": "one", "videos.1": "two" };
  const clips = { one: noise(1), two: noise(2) };
  const inputs = Object.fromEntries(
    Object.entries(roles).map(([role, name]) => [role, name === "one" ? clips.one : clips.two]),
  );
  await using engine = await openEngine({});
  using store = await openInstanceFolder(instancePaths(folder, key), {
    engine: () => engine.identity,
    onDamage: () => {},
  });
  const context: StageContext = {
    artifact: kind === "predicted_frames"
      ? { made: "video", video: { ...facts, frames: facts.frames - settings.context } }
      : { made: "table" },
    facts: {
      videos: Object.fromEntries(Object.keys(roles).map((role) => [role, facts])),
      models: {},
      names: roles,
      ...(inspected && { inspected }),
    },
    folder,
    inputs,
    store,
    checkpoints: createCheckpoints(store, () => {}, { every: 0 }),
    finished: () => Promise.reject(new Error("no records")),
    models: {
      open: () => Promise.reject(new Error("no stream is needed")),
      openPredictor: () => Promise.reject(new Error("the weights are a file")),
    },
    engine: () => Promise.resolve(engine),
    emit: (event) => void events.push(event),
    stopRequested: () => events.length >= stopAfter,
  };
  const work = await kindNamed(kind).load();
  await work(written, context);
  return events;
}

async function folderWithWeights(backend?: string) {
  const folder = await temporaryFolder();
  const bytes = await prednetFile(prednetArrays([3, 4]), backend === undefined ? {} : { backend });
  await Deno.writeFile(join(folder.path, "w.hdf5"), bytes);
  return folder;
}

const textOf = async (folder: string, key: string, file: string) =>
  await Deno.readTextFile(join(instancePaths(folder, key).folder, file));

const rowsOf = (text: string): readonly Record<string, string>[] =>
  parse(text, { columns: true, record_delimiter: "\r\n" });

Deno.test("ssim compares each frame with the reference's, and its summary has means and charts", async () => {
  await using folder = await temporaryFolder();
  await run("ssim", { videos: ["one", "two"] }, folder.path);
  const rows = rowsOf(await textOf(folder.path, "ssim", "table.csv"));
  assert.equal(rows.length, facts.frames);
  const frameOf = async (seed: number, time: number) =>
    frameFromBytes((await noise(seed).frame(time)).data, size.height, size.width);
  const expected = ssim(await frameOf(1, 4), await frameOf(2, 4));
  assert.deepEqual({ ...rows[4] }, {
    video: "two",
    reference: "one",
    frame: "4",
    measure: "ssim",
    value: String(expected),
  });
  const summary = JSON.parse(await textOf(folder.path, "ssim", "summary.json"));
  assert.match(summary.headline, /^mean SSIM with one: two -?0\.\d{3}$/);
  assert.deepEqual(Object.keys(summary.charts), ["ssim", "ssim_over_time"]);
});

Deno.test("prediction measures every frame behind the context, by SSIM, cSSIM and the errors of each level", async () => {
  await using folder = await folderWithWeights();
  await run("prediction", { videos: ["one", "two"], ...settings }, folder.path);
  const rows = rowsOf(await textOf(folder.path, "prediction", "table.csv"));
  assert.equal(rows.length, 2 * 6 * 5);
  assert.deepEqual([...new Set(rows.map(({ frame }) => frame))], ["3", "4", "5", "6", "7", "8"]);
  assert.deepEqual(
    rows.slice(0, 5).map(({ measure, level }) => `${measure}${level}`),
    ["ssim", "cssim", "ssim_repeated", "error0", "error1"],
  );
  const summary = JSON.parse(await textOf(folder.path, "prediction", "summary.json"));
  assert.match(summary.headline, /^mean cSSIM of predictions: one -?\d.* two -?\d/);
  assert.deepEqual(summary.settings.stacks, [3, 4]);
});

Deno.test("a prediction that was stopped goes on where it was, and makes the same bytes", async () => {
  await using folder = await folderWithWeights();
  const written = { videos: ["one", "two"], ...settings };
  await run("prediction", written, folder.path, { key: "whole-1" });
  await run("prediction", written, folder.path, { key: "parts-1", stopAfter: 4 });
  const rest = await run("prediction", written, folder.path, { key: "parts-1" });
  assert.equal(rest.filter(({ type }) => type === "frame.finished").length, 8);
  for (const file of ["table.csv", "summary.json"]) {
    assert.equal(await textOf(folder.path, "parts-1", file), await textOf(folder.path, "whole-1", file));
  }
});

Deno.test("predicted_frames makes the frames that prediction judges", async () => {
  await using folder = await folderWithWeights();
  await run("predicted_frames", { video: "one", ...settings }, folder.path, { key: "made-1" });
  await run("prediction", { videos: ["one", "two"], ...settings }, folder.path);
  const paths = instancePaths(folder.path, "made-1");
  using store = await openInstanceFolder(paths, { engine: () => undefined, onDamage: () => {} });
  assert.equal(await store.finishedFrames(0), 6);
  const { data } = await store.readFrame(2);
  assert.ok(data instanceof Float32Array);
  const seen = frameFromBytes((await noise(1).frame(5)).data, size.height, size.width);
  const row = rowsOf(await textOf(folder.path, "prediction", "table.csv"))
    .find(({ video, frame, measure }) => video === "one" && frame === "5" && measure === "ssim");
  assert.equal(Number(row?.value), ssim(seen, { ...size, data }));
});

Deno.test("a file that holds no PredNet is refused before anything runs, and says what is wrong", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeFile(
    join(folder.path, "w.hdf5"),
    await prednetFile(prednetArrays([3, 4]).filter(({ unit }) => unit !== "f")),
  );
  const problems: unknown[] = [];
  const report = (path: unknown, problem: unknown) => void problems.push([path, problem]);
  const recall = (_what: string, _sha256: string, find: () => Promise<unknown>) => find();
  assert.equal(await inspectPredictor("w.hdf5", folder.path, report, sha256OfFile, recall), undefined);
  assert.deepEqual(problems, [[["weights"], {
    code: "unusable_weights",
    file: "w.hdf5",
    detail: "w.hdf5: no kernel of layer_f_0 among the weights of pred_net_7",
  }]]);
});

Deno.test("prediction warns of weights that say another backend than kernels", async () => {
  await using folder = await folderWithWeights("theano");
  const warnings = async (kernels: string, key: string) =>
    (await run("prediction", { videos: ["one", "two"], ...settings, kernels }, folder.path, { key }))
      .filter(({ type }) => type === "warning").length;
  assert.equal(await warnings("tensorflow", "one-1"), 1);
  assert.equal(await warnings("theano", "two-1"), 0);
});
