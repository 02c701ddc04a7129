import assert from "node:assert/strict";
import { describeLittleSpace } from "../../../lib/cli/plan/disk.ts";
import { planJson } from "../../../lib/cli/plan/json.ts";
import { describePlan } from "../../../lib/cli/plan/table.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { matrixWorkflow, planOf } from "./plans.ts";

const cells = (line: string) => line.split(/ {2,}/);

Deno.test("a plan has a column for each factor, and says what it comes to", async () => {
  await using folder = await temporaryFolder();
  const lines = describePlan(await planOf(folder, matrixWorkflow)).split("\n");
  assert.deepEqual(cells(lines[0] ?? ""), [
    ...["stage", "seed", "depth", "frames", "size", "iterations", "status", "time", "disk", "key", "why"],
  ]);
  assert.match(lines[1] ?? "", /^clip +12 +64 x 96 +run +~\S+ s +237 kB +video-[0-9a-f]{16} +not made yet$/);
  assert.match(
    lines[2] ?? "",
    /^metamer +1 +shallow +12 +64 x 96 +2000\/frame +run +~\S+ (s|min) +1.0 MB +after fetching +not made yet$/,
  );
  assert.equal(lines.length, 1 + 7 + 3);
  assert.match(lines[8] ?? "", /^7 of 7 to make: about \S+ min, 6.4 MB on the disk$/);
  assert.equal(lines[9], "times: rough, for two fast cores; a run soon tells more");
  assert.equal(lines[10], "the weights of vgg19 (80 MB) are not here yet; run fetches them");
});

Deno.test("a narrower terminal gets short keys, then the reasons below, and then no keys", async () => {
  await using folder = await temporaryFolder();
  const plan = await planOf(folder, matrixWorkflow.replace("[conv1_1]", "[conv1_2]"));
  const known = { ...plan, missingWeights: [] };
  const at = (width: number) => describePlan(known, width).split("\n");
  for (const width of [110, 100, 90, 80]) {
    const table = at(width).slice(0, 8);
    assert.ok(table.every((line) => line.length <= width), `${width}: ${table.join("\n")}`);
  }
  assert.match(at(110)[1] ?? "", / [0-9a-f]{8} {2}not made yet$/);
  assert.match(at(90)[1] ?? "", / [0-9a-f]{8}$/);
  assert.equal(at(90)[8], "why: not made yet");
  assert.ok(!at(80)[0]?.includes("key"));
});

Deno.test("a factor may have the name of a column", async () => {
  await using folder = await temporaryFolder();
  const text = matrixWorkflow.replaceAll("depth", "size");
  const [head = "", , row = ""] = describePlan(await planOf(folder, text)).split("\n");
  assert.deepEqual(cells(head).slice(0, 5), ["stage", "seed", "size", "frames", "size"]);
  assert.deepEqual(cells(row).slice(0, 5), ["metamer", "1", "shallow", "12", "64 x 96"]);
});

Deno.test("iterations that follow keyframes are added up", async () => {
  await using folder = await temporaryFolder();
  const text = matrixWorkflow.replace(
    "octaves: paper",
    "padding: 0\n    octaves: { steps: [{ octave: 0, iterations: { 0: 10, 10: 20 } }] }",
  );
  const [, , row = ""] = describePlan(await planOf(folder, text)).split("\n");
  assert.equal(cells(row)[5], String(10 + 11 + 12 + 13 + 14 + 15 + 16 + 17 + 18 + 19 + 20 + 20));
});

Deno.test("with stop rules a plan says that its iterations and times are the most", async () => {
  await using folder = await temporaryFolder();
  const plan = await planOf(
    folder,
    matrixWorkflow.replace("octaves: paper", "octaves: paper\n    stop: { residual: 0.1 }"),
  );
  const lines = describePlan(plan).split("\n");
  assert.doesNotMatch(lines[1] ?? "", /at most/, "the clip");
  assert.match(lines[2] ?? "", / at most 2000\/frame +run +at most ~\S+ (s|min) /);
  assert.match(lines[8] ?? "", /^7 of 7 to make: at most about \S+ min, /);
  const { instances } = JSON.parse(planJson(plan));
  assert.ok(instances[1].work.every((batch: object) => "may_end_early" in batch));
});

Deno.test("a plan says where its times are from", async () => {
  await using folder = await temporaryFolder();
  const plan = await planOf(folder, matrixWorkflow);
  const told = (timing: object) =>
    describePlan({ ...plan, timing: { ...plan.timing, isRough: false, ...timing } }).split("\n")
      .filter((line) => /^(times|not timed)/.test(line));
  assert.deepEqual(told({ measuredAt: "2026-11-24T12:00:00.000Z" }), [
    "times: measured by runs on this machine since 2026-11-24",
  ]);
  assert.deepEqual(told({ measuredAt: "2026-11-24T12:00:00.000Z", calibratedIn: 1.23 }), [
    "times: measured by runs on this machine since 2026-11-24; others timed on this machine just now, in 1.2 s",
  ]);
  assert.deepEqual(told({ isRough: true, problem: "no engine" }), [
    "times: rough, for two fast cores; a run soon tells more",
    "not timed: no engine",
  ]);
  assert.deepEqual(told({ calibratedIn: 0.9, isRough: true }), [
    "times: timed on this machine just now, in 0.9 s; others rough, for two fast cores; a run soon tells more",
  ]);
});

Deno.test("a disk with too little room is named", async () => {
  await using folder = await temporaryFolder();
  const plan = await planOf(folder, matrixWorkflow);
  assert.deepEqual(describeLittleSpace({ ...plan, freeBytes: 1e6 }), [
    `this takes about 6.4 MB, and the disk that holds ${plan.loaded.runs} has 1.0 MB left; ` +
    "--out names a folder on another",
  ]);
  assert.deepEqual(describeLittleSpace({ ...plan, freeBytes: 1e9 }), []);
  assert.deepEqual(describeLittleSpace({ ...plan, freeBytes: undefined }), []);
});
