import assert from "node:assert/strict";
import { join } from "node:path";
import { writeMemory } from "../../lib/store/memory_file.ts";
import { type MeasuredSpeed, readSpeeds, rememberSpeeds } from "../../lib/store/measured_speeds.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const machine = { cpu: "a cpu", threads: 2, engine: "onnxruntime", exact: false };
const speed: MeasuredSpeed = {
  ...machine,
  parts: ["vgg19/conv5_1", "update"],
  height: 100,
  width: 200,
  seconds: 0.1,
  at: "2026-11-24T12:00:00.000Z",
};

Deno.test("what was measured is read back for that machine alone", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "speeds.json");
  assert.deepEqual(await readSpeeds(path, machine), []);
  await rememberSpeeds(path, [speed]);
  assert.deepEqual(await readSpeeds(path, machine), [speed]);
  for (const other of [{ cpu: "another" }, { threads: 1 }, { engine: "reference" }, { exact: true }]) {
    assert.deepEqual(await readSpeeds(path, { ...machine, ...other }), []);
  }
});

Deno.test("what was measured before there was Winograd's algorithm counts for --exact alone", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "speeds.json");
  const { exact: _, ...older } = speed;
  await writeMemory(path, { v: 1, speeds: [older] });
  assert.deepEqual(await readSpeeds(path, machine), []);
  assert.deepEqual(await readSpeeds(path, { ...machine, exact: true }), [{ ...speed, exact: true }]);
});

Deno.test("of one thing the newest measurement is kept, beside those of other things and machines", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "speeds.json");
  const larger = { ...speed, height: 300 };
  const elsewhere = { ...speed, cpu: "another" };
  await rememberSpeeds(path, [speed, larger, elsewhere]);
  const newer = { ...speed, seconds: 0.2 };
  await rememberSpeeds(path, [newer]);
  assert.deepEqual(await readSpeeds(path, machine), [larger, newer]);
  assert.deepEqual(await readSpeeds(path, { ...machine, cpu: "another" }), [elsewhere]);
});

Deno.test("a damaged file counts as empty and is replaced; nothing measured writes nothing", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "speeds.json");
  await Deno.writeTextFile(path, '{"v":1,"speeds":[{"cpu":');
  assert.deepEqual(await readSpeeds(path, machine), []);
  await rememberSpeeds(path, []);
  assert.equal(await Deno.readTextFile(path), '{"v":1,"speeds":[{"cpu":');
  await rememberSpeeds(path, [speed]);
  assert.deepEqual(await readSpeeds(path, machine), [speed]);
});
