/** What an edit has made again, and which reason the plan gives for it: one line per edit. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { loadWorkflow } from "../../../lib/cli/load_workflow.ts";
import { planWorkflow } from "../../../lib/cli/plan/plan_workflow.ts";
import type { EngineOptions } from "../../../lib/engines/engine.ts";
import type { PlannedInstance } from "../../../lib/plan/planned_instance.ts";
import { describeReason, type Reason } from "../../../lib/plan/reason.ts";
import { resolvedYaml } from "../../../lib/workflow/resolved.ts";
import { composeManifest } from "../../../lib/runner/compose_manifest.ts";
import { readFrameRecords } from "../../../lib/store/frame_records.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths } from "../../../lib/store/layout.ts";
import { writeManifest } from "../../../lib/store/manifest.ts";
import { writeRunFolder } from "../../../lib/store/run_folder.ts";
import { clip } from "../../program/program.ts";
import { me } from "../../store/lock_holder.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const workflow = `metamer: 1
videos:
  clip: { file: clip.y4m }
stages:
  tiny:
    kind: synthesis
    streams: { spatial: steerable, temporal: msoe }
    targets: { spatial_texture: clip, temporal_texture: clip }
    octaves:
      steps:
        - { octave: -1, iterations: 5, learning_rate: 0.01, total_variation: 0.1 }
        - { octave: 0, iterations: 5, learning_rate: 0.02, total_variation: 0.1 }
    padding: 0
    seed: 1
    frames: 4
  again:
    kind: synthesis
    streams: { spatial: steerable }
    targets: { spatial_texture: tiny }
    octaves: { steps: [{ octave: 0, iterations: 5, learning_rate: 0.01, total_variation: 0.1 }] }
    padding: 0
    frames: 4
`;

/** Where it lies, and how it is run. */
interface Project {
  readonly folder: string;
  /** The workflow's file in it. */
  file: string;
  runs: string;
  force?: readonly string[];
  engine?: EngineOptions;
}

async function planned({ folder, file, runs, force, engine }: Project) {
  const loaded = await loadWorkflow(join(folder, file), { out: runs });
  const weights = join(folder, "weights");
  return await planWorkflow(loaded, { ...engine, weights, offline: true, ...(force && { force }) });
}

/** Puts into the store what a run would leave there, with frames of one pixel. */
async function pretendRun(project: Project): Promise<void> {
  const { loaded, instances } = await planned(project);
  const { path: file, name, runs } = loaded;
  const named = instances.map(({ name, key, artifact }) => (
    { name, key, ...(artifact.made === "video" && { frames: artifact.video.frames }) }
  ));
  const resolved = resolvedYaml(loaded.workflow);
  await writeRunFolder(
    runs,
    { name, file, text: "", resolved: () => resolved, instances: named, others: [] },
    me,
  );
  for (const instance of instances) await pretendInstance(instance, runs);
}

async function pretendInstance(instance: PlannedInstance, runs: string): Promise<void> {
  const paths = instancePaths(runs, instance.key);
  using store = await openInstanceFolder(paths, { onDamage: () => undefined, engine: () => undefined });
  const frames = instance.artifact.made === "video" ? instance.artifact.video.frames : 0;
  for (let index = 0; index < frames; index++) {
    await store.writeFrame(index, { shape: [1, 1, 3], data: new Float32Array(3) }, { seconds: 1 });
  }
  await Deno.writeTextFile(paths.instance, instance.hashed);
  const records = [...(await readFrameRecords(paths.frameRecords)).values()];
  const provenance = { version: "0.0.0", ffmpeg: undefined, repository: undefined };
  await writeManifest(paths.manifest, composeManifest(instance, records, [], provenance));
}

async function rewrite({ folder, file }: Project, from: string | RegExp, to: string): Promise<void> {
  const text = await Deno.readTextFile(join(folder, file));
  const edited = text.replace(from, to);
  assert.notEqual(edited, text, `${from} is in the workflow`);
  await Deno.writeTextFile(join(folder, file), edited);
}

/** A reason without the digests of files, which the clip decides. */
function describeWithoutDigests(reason: Reason): string {
  return describeReason(reason).replace(/ \(sha256 .*\)$/, "");
}

/** Changes a file's bytes, and its times as if that had been long after. */
async function replaceFile(path: string, bytes: Uint8Array | string): Promise<void> {
  await Deno.writeFile(path, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
  await Deno.utime(path, 2_000_000_000, 2_000_000_000);
}

/** What was edited, how, and what is made again: the reasons of each instance that is. */
type Edit = readonly [
  what: string,
  edit: (project: Project) => Promise<unknown> | void,
  madeAgain: Readonly<Record<string, readonly string[]>>,
];

const nothing = {};

/** Where a stage reads a video: as a target, and for the colors. */
const clipChanged = [
  "the video at color_transfer.video (clip) changed",
  "the video at targets.spatial_texture.mixture.0.video (clip) changed",
  "the video at targets.temporal_texture.mixture.0.video (clip) changed",
];
const tinyChanged = [
  "the video at color_transfer.video (tiny) changed",
  "the video at targets.spatial_texture.mixture.0.video (tiny) changed",
];

const edits: readonly Edit[] = [
  ["no setting", () => undefined, nothing],
  ["an octave's learning rate", (project) => rewrite(project, "learning_rate: 0.02", "learning_rate: 0.03"), {
    tiny: ["octaves.1.learning_rate changed from 0.02 to 0.03"],
    again: tinyChanged,
  }],
  ["a seed", (project) => rewrite(project, "seed: 1", "seed: 2"), {
    tiny: ["seed changed from 1 to 2"],
    again: tinyChanged,
  }],
  ["a comment", (project) => rewrite(project, "padding: 0", "padding: 0 # none is needed"), nothing],
  [
    "the order of keys",
    (project) =>
      rewrite(project, "padding: 0\n    seed: 1\n    frames: 4", "frames: 4\n    seed: 1\n    padding: 0"),
    nothing,
  ],
  [
    "a default that is written out",
    (project) => rewrite(project, "seed: 1", "seed: 1\n    blend: 0.95"),
    nothing,
  ],
  ["a stage's name", (project) => rewrite(project, /\btiny\b/g, "renamed"), nothing],
  ["a clip's name", async (project) => {
    await rewrite(
      project,
      /spatial_texture: clip, temporal_texture: clip/,
      "spatial_texture: mine, temporal_texture: mine",
    );
    await rewrite(project, "clip: {", "mine: {");
  }, nothing],
  ["a clip's place", async (project) => {
    await Deno.mkdir(join(project.folder, "clips"));
    await Deno.rename(join(project.folder, "clip.y4m"), join(project.folder, "clips", "moved.y4m"));
    await rewrite(project, "clip.y4m", "clips/moved.y4m");
  }, nothing],
  ["a file's times", (project) => Deno.utime(join(project.folder, "clip.y4m"), 2e9, 2e9), nothing],
  [
    "a clip's bytes",
    (project) => replaceFile(join(project.folder, "clip.y4m"), clip(8).with(-1, 7)),
    {
      clip: ["the content of its file changed"],
      tiny: clipChanged,
      again: tinyChanged,
    },
  ],
  ["a longer clip", (project) => replaceFile(join(project.folder, "clip.y4m"), clip(12)), {
    clip: ["the content of its file changed"],
    tiny: clipChanged,
    again: tinyChanged,
  }],
  ["more frames", (project) => rewrite(project, /frames: 4/g, "frames: 6"), {
    clip: ["4 of 6 frames are finished"],
    tiny: ["4 of 6 frames are finished"],
    again: ["4 of 6 frames are finished"],
  }],
  ["fewer frames", (project) => rewrite(project, /frames: 4/g, "frames: 3"), nothing],
  ["weights", (project) => replaceFile(join(project.folder, "weights", "msoe.npz"), "others"), {
    tiny: ["the weights of the model at streams.temporal (msoe) changed"],
    again: tinyChanged,
  }],
  [
    "the engine",
    (project) => rewrite(project, "metamer: 1", "metamer: 1\nrun: { engine: reference, threads: 1 }"),
    nothing,
  ],
  [
    "the engine on the command line",
    (project) => void (project.engine = { engine: "reference", exact: true }),
    nothing,
  ],
  ["the workflow's folder", async (project) => {
    await Deno.mkdir(join(project.folder, "elsewhere"));
    await Deno.rename(join(project.folder, "w.yaml"), join(project.folder, "elsewhere", "w.yaml"));
    project.file = join("elsewhere", "w.yaml");
    await rewrite(project, "clip.y4m", "../clip.y4m");
  }, nothing],
  ["the folder of everything", async (project) => {
    await Deno.mkdir(join(project.folder, "moved"));
    for (const name of ["w.yaml", "clip.y4m", "runs"]) {
      await Deno.rename(join(project.folder, name), join(project.folder, "moved", name));
    }
    project.file = join("moved", "w.yaml");
    project.runs = join(project.folder, "moved", "runs");
  }, nothing],
  ["the folder of the results", (project) => void (project.runs = join(project.folder, "others")), {
    clip: ["not made yet"],
    tiny: ["not made yet"],
    again: ["not made yet"],
  }],
  ["--force", (project) => void (project.force = ["tiny"]), { tiny: ["made again by --force"] }],
  ["a frame's bytes in the store", async (project) => {
    const { instances } = await planned(project);
    const key = instances.find(({ name }) => name === "tiny")?.key ?? "";
    await replaceFile(join(instancePaths(project.runs, key).frames, "000002.npy"), "damaged");
  }, { tiny: ["frames/000002.npy is damaged"] }],
];

for (const [what, edit, madeAgain] of edits) {
  const names = Object.keys(madeAgain);
  const told = names.length === 0 ? "nothing" : names.join(", ");
  Deno.test(`${what} changed: the plan makes ${told} again`, async () => {
    await using temporary = await temporaryFolder();
    const folder = temporary.path;
    await Deno.mkdir(join(folder, "weights"));
    await Deno.writeTextFile(join(folder, "weights", "msoe.npz"), "some weights");
    await Deno.writeFile(join(folder, "clip.y4m"), clip(8));
    await Deno.writeTextFile(join(folder, "w.yaml"), workflow);
    const project: Project = { folder, file: "w.yaml", runs: join(folder, "runs") };
    await pretendRun(project);
    await edit(project);
    const { instances } = await planned(project);
    const left = instances.filter(({ status }) => status !== "cached");
    assert.deepEqual(
      Object.fromEntries(left.map(({ name, reasons }) => [name, reasons.map(describeWithoutDigests)])),
      madeAgain,
    );
  });
}
