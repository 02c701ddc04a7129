/**
 * What a user reads who names a model that cannot serve: everything before any long work, at its place.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { loadWorkflow } from "../../lib/cli/load_workflow.ts";
import { planWorkflow } from "../../lib/cli/plan/plan_workflow.ts";
import { WorkflowError } from "../../lib/errors.ts";
import { node } from "../../lib/formats/onnx/model.ts";
import {
  ModelProtoSchema,
  TensorProto_DataLocation as DataLocation,
} from "../../lib/formats/onnx/onnx_pb.ts";
import { estimateSeconds, unknownSpeeds } from "../../lib/plan/estimate.ts";
import { sha256OfBytes } from "../../lib/store/checksum.ts";
import { fixturePath } from "../models/imported/recorded_network.ts";
import { temporaryFolder } from "../temporary_folder.ts";

type Declaration = Readonly<Record<string, unknown>>;

interface Bad {
  readonly title: string;
  readonly bytes?: (bytes: Uint8Array) => Uint8Array;
  readonly declare?: (declaration: Declaration) => Declaration;
  readonly layers?: string;
  readonly says: RegExp;
}

const bad: readonly Bad[] = [
  {
    title: "a file that was cut short",
    bytes: (bytes) => bytes.slice(0, 30000),
    says:
      /own\.yaml:5:17: error: ".*own\.onnx" can't be used as a model: own\.onnx is not an ONNX model, or cut short/,
  },
  {
    title: "a header that promises 2 GiB",
    bytes: () => Uint8Array.of(8, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 7, 1, 2, 3),
    says: /own\.onnx is not an ONNX model/,
  },
  {
    title: "weights in a file that is not there",
    bytes: (bytes) =>
      changed(bytes, ({ graph }) => {
        const [first] = graph?.initializer ?? [];
        assert.ok(first);
        first.dataLocation = DataLocation.EXTERNAL;
        first.externalData = [{
          $typeName: "onnx.StringStringEntryProto",
          key: "location",
          value: "own.data",
        }];
      }),
    says: /its weights are in own\.data, which is not there/,
  },
  {
    title: "an operator that cannot be followed",
    bytes: (bytes) =>
      changed(bytes, ({ graph }) => {
        const pooled = graph?.node.find(({ opType }) => opType === "MaxPool");
        assert.ok(graph && pooled);
        graph.node.splice(
          graph.node.indexOf(pooled),
          0,
          node("NonMaxSuppression", [pooled.input[0] ?? ""], ["odd"]),
        );
        pooled.input = ["odd"];
      }),
    layers: "[layer2]",
    says:
      /own\.yaml:11:\d+: error: mine can't be followed as far as "layer2": unsupported ops: NonMaxSuppression \(1 node\)/,
  },
  {
    title: "a layer that it lacks",
    layers: "[layer22]",
    says: /mine has no layer "layer22"; layers are maxpool, layer2, layer4 and logits; did you mean "layer2"/,
  },
  {
    title: "a layout of another rank",
    declare: ({ input, ...rest }) => ({ ...rest, input: { ...Object(input), layout: "NCTHW" } }),
    says: /takes 4 axes, and NCTHW has 5/,
  },
  {
    title: "another file than its JSON describes",
    declare: (declaration) => ({ ...declaration, sha256: "0".repeat(64) }),
    says: /is not the file that own\.json describes/,
  },
  {
    title: "a publication without a year",
    declare: (declaration) => ({ ...declaration, citation: { id: "he2016", authors: ["He, K."] } }),
    says: /own\.json: citation: expected text, or a publication: id/,
  },
  {
    title: "no layers in its JSON, where a target names none",
    declare: ({ layers: _, ...rest }) => rest,
    says: /mine names no layers in its JSON; write layers here, or there/,
  },
];

const unchanged = <Value>(value: Value): Value => value;

for (const { title, bytes = unchanged, declare = unchanged, layers = "default", says } of bad) {
  Deno.test(`a model with ${title} is a problem before any long work`, async () => {
    await using folder = await temporaryFolder();
    const model = bytes(await Deno.readFile(fixturePath("resnet18.onnx")));
    const declaration = JSON.parse(await Deno.readTextFile(fixturePath("resnet18.json")));
    const text = declare({ ...declaration, onnx: "own.onnx", sha256: sha256OfBytes(model) });
    await Deno.writeFile(join(folder.path, "own.onnx"), model);
    await Deno.writeTextFile(join(folder.path, "own.json"), JSON.stringify(text));
    await assert.rejects(load(folder.path, workflow("spatial", "own.onnx", layers)), (error) => {
      assert.ok(error instanceof WorkflowError);
      assert.match(error.message, says);
      return true;
    });
  });
}

Deno.test("a clip that is shorter than a model's window is a problem at the target", async () => {
  await using folder = await temporaryFolder();
  const text = workflow("temporal", fixturePath("four_frames.json"), "default").replace(
    "frames: 6",
    "frames: 3",
  );
  await assert.rejects(
    load(folder.path, `${text}    padding: 0\n    frames: 2\n`),
    /clip has 3 frames; mine needs 4/,
  );
});

Deno.test("a model's content and how frames become its input decide keys, its place and its citation do not", async () => {
  await using folder = await temporaryFolder();
  const keyWith = async (name: string, declare: (declaration: Declaration) => Declaration) => {
    await Deno.copyFile(fixturePath("resnet18.onnx"), join(folder.path, `${name}.onnx`));
    const declaration = JSON.parse(await Deno.readTextFile(fixturePath("resnet18.json")));
    const text = JSON.stringify(declare({ ...declaration, onnx: `${name}.onnx` }));
    await Deno.writeTextFile(join(folder.path, `${name}.json`), text);
    const plan = await planWorkflow(await load(folder.path, workflow("spatial", `${name}.json`, "default")));
    return plan.instances.find(({ stage }) => stage === "made")?.key;
  };
  const key = await keyWith("one", (declaration) => declaration);
  assert.ok(key);
  assert.equal(
    await keyWith("other", (declaration) => ({ ...declaration, citation: "Somebody (2025)" })),
    key,
  );
  const darker = await keyWith("darker", ({ input, ...rest }) => (
    { ...rest, input: { ...Object(input), mean: [0.4, 0.4, 0.4] } }
  ));
  assert.notEqual(darker, key);
});

Deno.test("a model's publication and the size that it sees are told of the stimulus", async () => {
  await using folder = await temporaryFolder();
  const he = {
    id: "he2016",
    type: "inproceedings",
    authors: ["He, K.", "Zhang, X."],
    title: "Deep residual learning",
    in: "CVPR",
    year: 2016,
  };
  const toldWith = async (declare: (declaration: Declaration) => Declaration) => {
    const declaration = JSON.parse(await Deno.readTextFile(fixturePath("resnet18.json")));
    await Deno.copyFile(fixturePath("resnet18.onnx"), join(folder.path, "resnet18.onnx"));
    await Deno.writeTextFile(join(folder.path, "resnet18.json"), JSON.stringify(declare(declaration)));
    const loaded = await load(folder.path, workflow("spatial", "resnet18.json", "default"));
    const plan = await planWorkflow(loaded);
    const made = plan.instances.find(({ stage }) => stage === "made");
    assert.ok(made?.methods);
    return { ...made.methods, deviations: made.deviations };
  };
  const published = await toldWith((declaration) => ({ ...declaration, citation: he }));
  assert.deepEqual(published.citations.filter(({ id }) => id === "he2016"), [he]);
  assert.match(published.details.join(" "), /of mine \[@he2016\], with the weight 1\./);
  const inWords = await toldWith(({ input, ...rest }) => ({
    ...rest,
    citation: "He (2016), Residuals.",
    input: { ...Object(input), size: [32, 32] },
  }));
  assert.match(inWords.details.join(" "), /The model mine is that of He \(2016\), Residuals\./);
  assert.match(inWords.deviations.join(), /at each octave, .* resized whole to the 32 x 32 pixels of mine/);
  const native = await toldWith(({ input, ...rest }) => ({
    ...rest,
    input: { ...Object(input), size: "native" },
  }));
  assert.match(native.deviations.join(), /mine sees each octave at the octave's own size/);
});

Deno.test("a plan's time counts an imported model as far as its deepest layer", async () => {
  await using folder = await temporaryFolder();
  const loaded = await load(folder.path, workflow("spatial", fixturePath("resnet18.json"), "[layer2]"));
  const { instances } = await planWorkflow(loaded);
  const parts = instances.find(({ stage }) => stage === "made")?.work.flatMap(({ parts }) => parts);
  assert.ok(parts?.includes("imported/mine/layer2"));
  const seconds = estimateSeconds([{
    height: 1000,
    width: 1000,
    iterations: 1,
    parts: ["imported/mine/layer2"],
  }], unknownSpeeds);
  assert.ok(seconds > 3 && seconds < 5, `${seconds}`);
});

function workflow(stream: "spatial" | "temporal", file: string, layers: string): string {
  return [
    "metamer: 1",
    "videos:",
    "  clip: { generate: noise, frames: 6, height: 48, width: 64 }",
    "models:",
    `  mine: { file: ${file} }`,
    "stages:",
    "  made:",
    "    kind: synthesis",
    `    streams: { ${stream}: mine }`,
    "    targets:",
    `      ${stream}_texture: { video: clip, layers: ${layers} }`,
    "",
  ].join("\n");
}

async function load(folder: string, text: string) {
  const path = join(folder, "own.yaml");
  await Deno.writeTextFile(path, text);
  return await loadWorkflow(path, { out: join(folder, "runs") });
}

function changed(bytes: Uint8Array, change: (model: ReturnType<typeof parse>) => void): Uint8Array {
  const model = parse(bytes);
  change(model);
  return toBinary(ModelProtoSchema, model);
}

function parse(bytes: Uint8Array) {
  return fromBinary(ModelProtoSchema, bytes);
}
