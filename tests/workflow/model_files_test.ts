/**
 * `model:` of an analysis: a name of `models:`, or a file.
 */
import assert from "node:assert/strict";
import { loadWorkflow } from "../../lib/workflow/load.ts";
import { resolvedYaml } from "../../lib/workflow/resolved.ts";
import { stageKinds } from "../../lib/stages/table.ts";
import { namedVideoKind } from "./language.ts";

/** What a workflow says, without a look at any file of a model. */
async function read(files: Readonly<Record<string, string>>) {
  const { workflow, collector } = await loadWorkflow("main.yaml", {
    kinds: stageKinds,
    videoKind: namedVideoKind,
    builtInModels: [{ name: "vgg19", serves: "stream" }],
    read: (path) => Promise.resolve(new TextEncoder().encode(files[path] ?? "")),
  });
  assert.deepEqual(collector.problems(), []);
  assert.ok(workflow);
  return workflow;
}

async function modelsOf(files: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const { instances } = await read(files);
  return Object.fromEntries(
    instances.filter(({ section }) => section === "stages").map(({ name, read }) => {
      const { written } = read;
      assert.ok(typeof written === "object" && written !== null && "model" in written);
      return [name, written.model];
    }),
  );
}

const videos = "videos: { clip: { file: clip_64x96_12.mp4 } }";

const bothWays = `
metamer: 1
${videos}
models: { resnet: { file: nets/resnet50.onnx } }
stages:
  named: { kind: readout, model: resnet, videos: clip }
  by_path: { kind: readout, model: nets/resnet50.onnx, videos: clip }
`;

Deno.test("an analysis names a model of the workflow, or its file", async () => {
  assert.deepEqual(await modelsOf({ "main.yaml": bothWays }), {
    named: "nets/resnet50.onnx",
    by_path: "nets/resnet50.onnx",
  });
});

Deno.test("names and files are those of the file that they stand in, whichever extends it", async () => {
  const main = "extends: below/base.yaml\nmodels: { own: { file: own.onnx } }\n" +
    "stages: { more: { kind: readout, model: own, videos: clip }, named: { top: 1 } }\n";
  assert.deepEqual(await modelsOf({ "below/base.yaml": bothWays, "main.yaml": `metamer: 1\n${main}` }), {
    named: "below/nets/resnet50.onnx",
    by_path: "below/nets/resnet50.onnx",
    more: "own.onnx",
  });
});

Deno.test("a variable may stand for models, by name or by file", async () => {
  const main = `
metamer: 1
extends: below/base.yaml
models: { own: { file: own.onnx } }
`;
  const base = `
metamer: 1
${videos}
stages:
  each: { kind: readout, matrix: { model: { a: own, b: other.onnx } }, model: $model, videos: clip }
`;
  assert.deepEqual(await modelsOf({ "below/base.yaml": base, "main.yaml": main }), {
    "each[model=a]": "own.onnx",
    "each[model=b]": "below/other.onnx",
  });
});

Deno.test("a resolved workflow says the files of the models, from where it will stand", async () => {
  const resolved = resolvedYaml(await read({ "main.yaml": bothWays }), "runs/main");
  assert.equal(resolved.match(/model: \.\.\/\.\.\/nets\/resnet50\.onnx/g)?.length, 2);
});
