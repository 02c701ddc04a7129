import assert from "node:assert/strict";
import { join } from "node:path";
import { openHdf5 } from "../../../lib/formats/hdf5.ts";
import { decodeNpy } from "../../../lib/formats/npy.ts";
import { activationsKind } from "../../../lib/stages/activations/kind.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { noiseClip, type Outcome, type Request, runStage } from "./stage.ts";
import { kernel, size, writeTinyModel } from "./tiny_model.ts";

const videos = { one: noiseClip(20, 1), two: noiseClip(9, 2) };

async function outcome(request: Request): Promise<Outcome> {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path);
  const found = await runStage(activationsKind, folder.path, request);
  if (found === undefined) throw new Error("it was stopped");
  return found;
}

function fileOf({ files }: Outcome, name: string): Uint8Array {
  const found = files[name];
  assert.ok(found, `${name} among ${Object.keys(files).join(", ")}`);
  return found;
}

Deno.test("a layer is an array of frames x channels x height x width, with its list", async () => {
  const found = await outcome({ settings: { layers: { colors: "opponent" } }, videos });
  const { shape, data } = decodeNpy(fileOf(found, "arrays/two.colors.npy"));
  const { height, width } = size;
  assert.deepEqual(shape, [9, 2, height, width]);
  const frame = await videos.two.frame(7);
  const expected = [0, 1, 2].reduce((sum, c) => sum + kernel[c]! * frame.data[3 * 5 + c]! / 255, 0);
  assert(Math.abs(Number(data[7 * 2 * height * width + 5]) - expected) < 1e-6);
  const list = new TextDecoder().decode(fileOf(found, "arrays/activations.tsv")).split("\n");
  assert.equal(list[2], "two.colors.npy\ttwo\tcolors\topponent\t9 x 2 x 6 x 8\t0");
});

Deno.test("an HDF5 file has the same numbers, and the same bytes each time", async () => {
  const settings = { layers: ["opponent", "scores"] };
  const arrays = await outcome({ settings, videos });
  const found = await outcome({ settings: { ...settings, format: "hdf5" }, videos });
  assert.deepEqual(Object.keys(found.files).filter((name) => name.endsWith(".npy")), []);
  using file = await openHdf5(fileOf(found, "arrays/activations.h5"), "activations.h5");
  assert.deepEqual([...file.names("/")].sort(), ["one.opponent", "one.scores", "two.opponent", "two.scores"]);
  const { shape, data } = decodeNpy(fileOf(arrays, "arrays/one.scores.npy"));
  assert.deepEqual(file.floats("one.scores"), { shape, data });
  const again = await outcome({ settings: { ...settings, format: "hdf5" }, videos });
  assert.deepEqual(again.files, found.files);
});

Deno.test("a stage that is stopped, and loses what was not on the disk, leaves the same bytes", async () => {
  const settings = { layers: ["opponent", "late"] };
  const whole = await outcome({ settings, videos });
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path);
  assert.equal(await runStage(activationsKind, folder.path, { settings, videos, stopAfter: 9 }), undefined);
  const array = join(folder.path, "runs/store/activations-1/arrays/one.opponent.npy");
  // What a kill leaves: rows behind those that the checkpoint counts.
  await Deno.writeFile(array, new Uint8Array(1000).fill(7), { append: true });
  assert.equal(await runStage(activationsKind, folder.path, { settings, videos, stopAfter: 9 }), undefined);
  await Deno.truncate(array, 500);
  assert.deepEqual((await runStage(activationsKind, folder.path, { settings, videos }))?.files, whole.files);
});

/** Runs a finished stage once more, after something happened to its arrays: as if a kill had come before it was told. */
async function againAfter(format: "npy" | "hdf5", happened: (arrays: string) => Promise<void>) {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path);
  const request = { settings: { layers: ["opponent", "late"], format }, videos };
  const whole = await runStage(activationsKind, folder.path, request);
  await happened(join(folder.path, "runs/store/activations-1/arrays"));
  const again = await runStage(activationsKind, folder.path, request);
  assert.deepEqual(again?.files, whole?.files);
  return again;
}

Deno.test("a kill after the arrays were gathered leaves them gathered", async () => {
  const again = await againAfter("hdf5", async () => {});
  assert.equal(again?.events.length, 0);
});

Deno.test("a kill while gathered arrays' own files are removed leaves none of them", async () => {
  const again = await againAfter(
    "hdf5",
    (arrays) => Deno.writeFile(join(arrays, "two.late.npy"), new Uint8Array(9)),
  );
  assert.equal(again?.events.length, 0);
});

Deno.test("an HDF5 file that was cut short is made again", async () => {
  await againAfter("hdf5", (arrays) => Deno.truncate(join(arrays, "activations.h5"), 3000));
});

Deno.test("an array that was taken away after the last frame is made again", async () => {
  await againAfter("npy", (arrays) => Deno.remove(join(arrays, "one.opponent.npy")));
});
