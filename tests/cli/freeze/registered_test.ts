/** A registration: which changes are refused and named, and which are none. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { freezePlan, writeFrozen } from "../../../lib/cli/freeze/freeze.ts";
import { frozenPath, openRegistration } from "../../../lib/cli/freeze/frozen_path.ts";
import { checkRegistered, type RegisteredOptions } from "../../../lib/cli/freeze/registered.ts";
import { type LoadOptions, loadWorkflow } from "../../../lib/cli/load_workflow.ts";
import { planWorkflow } from "../../../lib/cli/plan/plan_workflow.ts";
import { RunError, WorkflowError } from "../../../lib/errors.ts";
import type { ModelDigest } from "../../../lib/models/stream_model.ts";
import { clip, tinyWorkflow } from "../../program/program.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const workflow = tinyWorkflow.replace(/clip: \{.*/, "clip: { file: clips/mine.y4m, height: 24 }");

async function plan(file: string, options: LoadOptions = {}) {
  return await planWorkflow(await loadWorkflow(file, { out: join(dirname(file), "runs"), ...options }));
}

/** A folder with a workflow, its clip and its registration. */
async function registered() {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder.path, "experiment", name);
  await Deno.mkdir(at("clips"), { recursive: true });
  await Deno.writeFile(at("clips/mine.y4m"), clip(8));
  const file = at("a.yaml");
  await Deno.writeTextFile(file, workflow);
  const frozen = await freezePlan(await plan(file), frozenPath(file));
  await writeFrozen(frozenPath(file), frozen);
  return {
    frozen,
    folder: folder.path,
    file,
    at,
    edit: (from: string, to: string) => Deno.writeTextFile(file, workflow.replace(from, to)),
    async check(path = file, options: RegisteredOptions & LoadOptions = {}) {
      return await checkRegistered(await plan(path, options), await openRegistration(path), options);
    },
    /** What is refused, in words. */
    async refusal(): Promise<string> {
      const error = await this.check(file, { columns: 200 }).catch((error: unknown) => error);
      assert(error instanceof RunError, `it was not refused: ${error}`);
      assert.match(error.message, /^this is not what was registered in .*; nothing was run\n/);
      return error.message;
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

Deno.test("freezing twice gives one hash, and another setting another", async () => {
  await using place = await registered();
  const again = await freezePlan(await plan(place.file), frozenPath(place.file));
  assert.match(again.hash, /^[0-9a-f]{64}$/);
  assert.equal(again.hash, place.frozen.hash);
  const other = await plan(place.file, { set: ["stages.tiny.seed=2"] });
  assert.notEqual((await freezePlan(other, frozenPath(place.file))).hash, place.frozen.hash);
});

Deno.test("a comment, the order of keys, a default that is written out and run: are no deviation", async () => {
  await using place = await registered();
  await place.edit(
    "    padding: 1\n",
    "    # as in the paper\n    seed: 1\n    padding: 1\nrun: { threads: 1 }\n".replace(/run:.*\n/, ""),
  );
  assert.deepEqual((await place.check()).deviations, []);
  await Deno.writeTextFile(place.file, `run: { threads: 1 }\n${workflow}`);
  assert.deepEqual((await place.check()).deviations, []);
});

Deno.test("a moved folder, and a clip that lies elsewhere, are no deviation", async () => {
  await using place = await registered();
  const moved = join(place.folder, "elsewhere");
  await Deno.rename(dirname(place.file), moved);
  await Deno.rename(join(moved, "clips/mine.y4m"), join(moved, "clips/yours.y4m"));
  const file = join(moved, "a.yaml");
  await Deno.writeTextFile(file, workflow.replace("mine.y4m", "yours.y4m"));
  assert.deepEqual((await place.check(file)).deviations, []);
});

Deno.test("an edited setting is refused, with its path and both values", async () => {
  await using place = await registered();
  await place.edit("learning_rate: 0.01", "learning_rate: 0.02");
  assert.match(await place.refusal(), /stages\.tiny\.octaves\.steps\.0\.learning_rate: 0\.01 -> 0\.02/);
  await place.edit("frames: 4", "frames: 3");
  assert.match(await place.refusal(), /stages\.tiny\.frames: 4 -> 3/);
});

Deno.test("another stage, and one that is gone, are refused", async () => {
  await using place = await registered();
  await place.edit(
    "stages:",
    "stages:\n  more: { kind: synthesis, streams: { spatial: steerable }, targets: { spatial_texture: clip }, octaves: { steps: [{ octave: 0, iterations: 2 }] } }",
  );
  assert.match(await place.refusal(), /new: more/);
  await place.edit("  tiny:\n", "  other:\n    seed: 9\n");
  assert.match(await place.refusal(), /new: other[^]*gone: tiny|gone: tiny[^]*new: other/);
});

Deno.test("a clip with other content is refused by its checksum", async () => {
  await using place = await registered();
  await Deno.writeFile(place.at("clips/mine.y4m"), clip(9));
  assert.match(
    await place.refusal(),
    /the clip of videos\.clip: other content, sha256 [0-9a-f]{16} -> [0-9a-f]{16}/,
  );
});

Deno.test("other weights are refused by their checksum", async () => {
  await using place = await registered();
  const planned = await plan(place.file);
  const replaced = <Model extends ModelDigest>(model: Model): Model => ({ ...model, sha256: "f".repeat(64) });
  const instances = planned.instances.map((instance) => ({
    ...instance,
    models: instance.models.map(replaced),
  }));
  const check = checkRegistered({ ...planned, instances }, await openRegistration(place.file), {
    columns: 200,
  });
  await assert.rejects(check, /the weights of steerable: other content, sha256 [0-9a-f]{16} -> f{16}/);
});

Deno.test("--allow-deviations runs it all the same and keeps what differs", async () => {
  await using place = await registered();
  await place.edit("padding: 1", "padding: 1\n    seed: 2");
  const { hash, deviations } = await place.check(place.file, { allowDeviations: true });
  assert.equal(hash, place.frozen.hash);
  assert.deepEqual(deviations, ["stages.tiny.seed: 1 -> 2"]);
});

Deno.test("other versions of programs are noted and are no deviation", async () => {
  await using place = await registered();
  const registration = await openRegistration(place.file);
  const software = { ...registration.frozen.software, deno: "1.0.0" };
  const frozen = { ...registration.frozen, software };
  const { deviations, versions } = await checkRegistered(
    await plan(place.file),
    { ...registration, frozen },
    {},
  );
  assert.deepEqual(deviations, []);
  assert.deepEqual(versions, [`deno is ${Deno.version.deno}, and was 1.0.0 when it was frozen`]);
});

Deno.test("a frozen file that was edited is refused, and no other registration is written over it", async () => {
  await using place = await registered();
  const path = frozenPath(place.file);
  const other = await freezePlan(await plan(place.file, { set: ["stages.tiny.seed=2"] }), path);
  await assert.rejects(writeFrozen(path, other), /holds another registration already/);
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace('"seed": 1', '"seed": 2'));
  await assert.rejects(openRegistration(place.file), /was changed after it was frozen/);
});

Deno.test("a workflow that is not frozen, and a preview, are refused with what to do", async () => {
  await using place = await registered();
  await assert.rejects(place.check(place.file, { preview: true }), WorkflowError);
  await Deno.remove(frozenPath(place.file));
  await assert.rejects(
    openRegistration(place.file),
    /is not frozen, for there is no .*a\.frozen\.json; freeze it/,
  );
});
