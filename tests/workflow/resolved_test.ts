import assert from "node:assert/strict";
import { keyInstances } from "../../lib/plan/keyed_instances.ts";
import { resolvedYaml } from "../../lib/workflow/resolved.ts";
import { type Files, loadGood } from "./language.ts";

const clips =
  "name,file,frames,group,source\nstreet,street_64x96_12.mp4,12,town,a film\nwater,water_64x96_12.mp4,10,,\n";

const workflows: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shorthands: {
    "main.yaml": `
metamer: 1
title: "Shorthands: all of them"
videos:
  clip: { file: clip_64x96_12.mp4, fps: 29.97 }
  leaves: { generate: dead_leaves, height: 64, width: 96 }
  grating: { generate: { grating: { drift: 0.1 } }, height: 64, width: 96, transfer: { gamma: 2.2 } }
run: { threads: 2, out: ../results }
stages:
  one: { kind: synthesis, targets: { spatial_texture: clip } }
  two:
    kind: synthesis
    targets:
      spatial_content: { video: one, weight: { 0: 1, 11: 0 }, layers: [conv4_2, conv5_2] }
      temporal_texture: [{ video: leaves, share: 0.7 }, grating]
      temporal_content: { mixture: [{ video: clip, share: 3 }], layers: all }
    octaves: { scale: 2, steps: [{ octave: -1, iterations: { 0: 10, 5: 20 } }, { octave: 0, scale: 1.2 }] }
    start_from: one
    color_transfer: { video: one, variant: pdf }
    optimizer: { adam: { beta1: 0.8 } }
    padding: 0
    height: 64
    frames: 7
`,
  },
  matrix: {
    "main.yaml": `
metamer: 1
videos:
  clips: { from: tables/clips.csv, height: 64, width: 96 }
stages:
  metamer:
    kind: synthesis
    matrix: { clip: clips, depth: { shallow: [conv1_1], full: all }, blend: [0.5, 1] }
    targets: { spatial_texture: { video: $clip, layers: $depth }, temporal_texture: [$clip, { video: $clip, share: 2 }] }
    blend: $blend
    octaves: fast
  again:
    kind: synthesis
    matrix: { clip: clips, depth: { full: all }, blend: [1] }
    targets: { spatial_texture: metamer }
run: { slurm: { time: 2h, stages: { again: { time: 1h } } } }
`,
    "tables/clips.csv": clips,
  },
};

async function keysAndSettings(files: Files) {
  const { workflow, inspected } = await loadGood(files);
  const digests = new Map(
    ["vgg19", "msoe"].map((name) => [name, { sha256: `sha256 of ${name}`, official: true }]),
  );
  const keyed = keyInstances(inspected, digests);
  return {
    workflow,
    keys: keyed.map(({ key }) => key),
    written: inspected.map(({ instance }) => instance.read.written),
  };
}

for (const [name, files] of Object.entries(workflows)) {
  Deno.test(`the resolved workflow resolves to itself, with the same keys: ${name}`, async () => {
    const before = await keysAndSettings(files);
    const resolved = resolvedYaml(before.workflow);
    const after = await keysAndSettings({ "main.yaml": resolved });
    assert.deepEqual(after.keys, before.keys);
    assert.equal(resolvedYaml(after.workflow), resolved);
  });
}

Deno.test("without a matrix the resolved settings are the same settings", async () => {
  const files = workflows["shorthands"] ?? {};
  const before = await keysAndSettings(files);
  const after = await keysAndSettings({ "main.yaml": resolvedYaml(before.workflow) });
  assert.deepEqual(after.written, before.written);
});

Deno.test("the resolved workflow names the layers that are meant, and no stream that nothing uses", async () => {
  const { workflow } = await keysAndSettings(workflows["shorthands"] ?? {});
  const resolved = resolvedYaml(workflow);
  assert.doesNotMatch(resolved, /layers: (default|all)/);
  const [one = ""] = resolved.slice(resolved.indexOf("  one:")).split("  two:");
  assert.match(one, /conv5_1: 1/);
  assert.doesNotMatch(one, /temporal/);
});

Deno.test("the resolved workflow can stand in another folder", async () => {
  const { workflow } = await keysAndSettings(workflows["matrix"] ?? {});
  const text = resolvedYaml(workflow, "runs/main");
  assert.match(text, /file: \.\.\/\.\.\/tables\/street_64x96_12\.mp4/);
});

Deno.test("each instance of a matrix becomes a stage, and references follow", async () => {
  const { workflow } = await keysAndSettings(workflows["matrix"] ?? {});
  const { workflow: again } = await loadGood({ "main.yaml": resolvedYaml(workflow) });
  const names = again.instances.map(({ name }) => name);
  assert.ok(names.includes("metamer-street-shallow-0_5"));
  const needs = again.instances.find(({ name }) => name === "again-water-full-1")?.needs;
  assert.deepEqual(needs, ["metamer-water-full-1"]);
});

Deno.test("what jobs of a stage ask for is said of each of its instances, which are stages then", async () => {
  const { workflow } = await loadGood(workflows.matrix ?? {});
  const yaml = resolvedYaml(workflow);
  assert.match(
    yaml,
    /\n {2}slurm:\n {4}time: 2h\n {4}stages:\n {6}again-street-full-1:\n {8}time: 1h\n {6}again-water-full-1:\n {8}time: 1h\n$/,
  );
});
