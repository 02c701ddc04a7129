import assert from "node:assert/strict";
import { softmax } from "../../../lib/analysis/readout.ts";
import { node } from "../../../lib/formats/onnx/model.ts";
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import { readoutKind } from "../../../lib/stages/readout/kind.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { noiseClip, type Outcome, type Request, runStage } from "./stage.ts";
import { size, type Variation, writeTinyModel } from "./tiny_model.ts";

/** A clip of one color. */
function colored(frames: number, red: number, green: number, blue: number): FrameSource {
  const { height, width } = size;
  const data = Float32Array.from({ length: 3 * height * width }, (_, i) => [red, green, blue][i % 3]!);
  return {
    frames,
    frame: () => Promise.resolve({ shape: [height, width, 3], data: frameToBytes({ height, width, data }) }),
  };
}

/** `reddish` is red - green, `bright` the sum. */
const red = colored(9, 1, 0, 0);
const white = colored(9, 1, 1, 1);

async function outcome(request: Request, json = {}, further?: Variation["further"]): Promise<Outcome> {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path, { json, ...(further && { further }) });
  const found = await runStage(readoutKind, folder.path, request);
  if (found === undefined) throw new Error("it was stopped");
  return found;
}

Deno.test("names and probabilities are those of the softmax of the model's last output", async () => {
  const { rows } = await outcome({ settings: {}, videos: { white } });
  const [bright, reddish] = rows.filter(({ frame }) => frame === "4");
  const [unlikely, likely] = softmax(Float32Array.of(0, 3));
  assert.deepEqual([bright?.["label"], bright?.["class"], reddish?.["label"]], ["bright", "1", "reddish"]);
  assert(Math.abs(Number(bright?.["probability"]) - likely!) < 1e-6);
  assert(Math.abs(Number(reddish?.["probability"]) - unlikely!) < 1e-6);
});

const softmaxed = { nodes: [node("Softmax", ["scores"], ["likely"], { axis: { int: 1 } })] };

Deno.test("probabilities of the model's own are told as they are", async () => {
  const settings = { layer: "likely", scores: "probabilities" };
  const own = await outcome({ settings, videos: { white } }, {}, softmaxed);
  const { rows } = await outcome({ settings: {}, videos: { white } });
  assert.deepEqual(own.rows.map(({ label }) => label), rows.map(({ label }) => label));
  own.rows.forEach(({ probability }, i) =>
    assert(Math.abs(Number(probability) - Number(rows[i]?.["probability"])) < 1e-6)
  );
});

Deno.test("logits that are said to be probabilities are refused", async () => {
  await assert.rejects(
    outcome({ settings: { scores: "probabilities" }, videos: { white } }),
    /the classes' numbers are no probabilities: they go from 0 to 3, and their sum is 3 instead of 1; where they are logits, write scores: logits/,
  );
});

Deno.test("the summary tells which videos get the first one's name", async () => {
  const settings = { top: 1 };
  // The mean and standard deviation turn the classes of a red clip round.
  const json = {
    input: { name: "frames", layout: "NCHW", size: [size.height, size.width], mean: [0, 0, 0.5] },
  };
  const { summary } = await outcome({ settings, videos: { white, too: white, red } }, json);
  assert.deepEqual(summary["compared"], [
    { video: "too", name: "bright", same_name: true, same_name_share: 1 },
    { video: "red", name: "reddish", same_name: false, same_name_share: 0 },
  ]);
  assert.equal(summary["headline"], `tiny.onnx calls white "bright", too too, red "reddish"`);
});

Deno.test("charts have a panel for each video, in the order in which they are named", async () => {
  const { summary } = await outcome({ settings: {}, videos: { white, red } });
  assert.equal(JSON.stringify(summary["charts"]).match(/"sort":\["white","red"\]/g)?.length, 2);
});

Deno.test("a model without labels has numbers as names", async () => {
  const { rows } = await outcome({ settings: { top: 1 }, videos: { white } }, { labels: undefined });
  assert.equal(rows[0]?.["label"], "1");
});

Deno.test("a stage that is stopped inside a video leaves the same bytes", async () => {
  const videos = { one: noiseClip(20, 1), two: noiseClip(20, 2) };
  const whole = await outcome({ settings: {}, videos });
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path);
  for (let stops = 0; stops < 2; stops++) {
    assert.equal(
      await runStage(readoutKind, folder.path, { settings: {}, videos, stopAfter: 10 }),
      undefined,
    );
  }
  assert.deepEqual((await runStage(readoutKind, folder.path, { settings: {}, videos }))?.files, whole.files);
});
