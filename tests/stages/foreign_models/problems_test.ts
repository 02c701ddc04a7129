import assert from "node:assert/strict";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { join } from "node:path";
import {
  ModelProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
} from "../../../lib/formats/onnx/onnx_pb.ts";
import { integerTensor, node } from "../../../lib/formats/onnx/model.ts";
import { activationsKind } from "../../../lib/stages/activations/kind.ts";
import { rdmKind } from "../../../lib/stages/rdm/kind.ts";
import { readoutKind } from "../../../lib/stages/readout/kind.ts";
import { similarityKind } from "../../../lib/stages/similarity/kind.ts";
import type { StageKind } from "../../../lib/plan/stage_kind.ts";
import { describeProblem } from "../../../lib/workflow/problems.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { noiseClip, planStage } from "./stage.ts";
import { type Variation, writeTinyModel } from "./tiny_model.ts";

const videos = { one: noiseClip(5, 1), two: noiseClip(5, 2) };

interface Case<Settings> {
  readonly kind: StageKind<Settings>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly variation?: Variation;
  readonly after?: (folder: string) => Promise<void>;
}

/** The problems that planning finds, before anything runs. */
async function problems<Settings>(
  { kind, settings = { layers: "early" }, variation, after }: Case<Settings>,
) {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path, variation);
  await after?.(folder.path);
  const { problems } = await planStage(kind, folder.path, { settings, videos });
  return problems.join("\n");
}

/** The model with its kernel in kernel.bin, of which it reads so many bytes. */
function withKernelBeside(length: number): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => {
    const model = fromBinary(ModelProtoSchema, bytes);
    for (const tensor of model.graph?.initializer ?? []) {
      tensor.rawData = new Uint8Array();
      tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
      tensor.externalData = Object.entries({ location: "kernel.bin", length: `${length}` }).map(
        ([key, value]) => create(StringStringEntryProtoSchema, { key, value }),
      );
    }
    return toBinary(ModelProtoSchema, model);
  };
}

const flattened = {
  nodes: [node("Reshape", ["opponent", "all"], ["flat"])],
  initializers: [integerTensor("all", [1], [-1])],
};

const channelsLast = { nodes: [node("Transpose", ["opponent"], ["last"], { perm: { ints: [0, 2, 3, 1] } })] };

const input = { name: "frames", layout: "NCHW", size: [6, 8] };

const cases: Readonly<Record<string, { readonly of: () => Promise<string>; readonly says: RegExp }>> = {
  "a layer that is not there names those that are, and the nearest": {
    of: () => problems({ kind: similarityKind, settings: { layers: { early: "opponnt" } } }),
    says: /^layers\.early: tiny\.onnx has no layer "opponnt"; layers are early and late/,
  },
  "a layer of the JSON that the file does not have": {
    of: () => problems({ kind: similarityKind, variation: { json: { layers: { early: "nothing" } } } }),
    says:
      /^model: "tiny\.onnx" can't be used as a model: tiny\.json: layer early: there is no tensor nothing$/,
  },
  "a layout of another rank": {
    of: () =>
      problems({ kind: similarityKind, variation: { json: { input: { ...input, layout: "NCTHW" } } } }),
    says: /tiny\.onnx takes 4 axes, and NCTHW has 5: the layout is another$/,
  },
  "another size than the file takes": {
    of: () => problems({ kind: similarityKind, variation: { json: { input: { ...input, size: [6, 9] } } } }),
    says: /tiny\.onnx takes 8 along W, where its JSON says 9$/,
  },
  "an input that is called otherwise": {
    of: () => problems({ kind: similarityKind, variation: { json: { input: { ...input, name: "image" } } } }),
    says: /tiny\.onnx has no input image; it has frames$/,
  },
  "a file that is cut short": {
    of: () => problems({ kind: similarityKind, variation: { damage: (bytes) => bytes.slice(0, 150) } }),
    says: /tiny\.onnx is not an ONNX model/,
  },
  "a header that promises 2 GiB": {
    of: () =>
      problems({
        kind: similarityKind,
        // Field 7, the graph, of 2^31 - 1 bytes.
        variation: { damage: () => Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0x07, 0) },
      }),
    says: /tiny\.onnx is not an ONNX model/,
  },
  "something that is no model": {
    of: () =>
      problems({
        kind: similarityKind,
        variation: { damage: () => new TextEncoder().encode("hello, I am a text") },
      }),
    says: /tiny\.onnx is not an ONNX model/,
  },
  "another file than the JSON describes": {
    of: () => problems({ kind: similarityKind, variation: { json: { sha256: "0".repeat(64) } } }),
    says: /tiny\.onnx is not the file that tiny\.json describes: its sha256 is [0-9a-f]{64}, not 0{64}$/,
  },
  "no JSON beside it": {
    of: () => problems({ kind: similarityKind, after: (folder) => Deno.remove(join(folder, "tiny.json")) }),
    says: /there is no tiny\.json beside it, which says how frames become its input$/,
  },
  "no file": {
    of: () => problems({ kind: similarityKind, settings: { layers: "early", model: "tini.onnx" } }),
    says: /there is no file "tini\.onnx" .*; did you mean "tiny\.onnx"\?$/,
  },
  "a JSON with keys that nobody knows": {
    of: () => problems({ kind: similarityKind, variation: { json: { sise: 3 } } }),
    says: /tiny\.json: .*sise/,
  },
  "labels that are not as many as the classes": {
    of: () => problems({ kind: readoutKind, settings: {}, variation: { json: { labels: ["only one"] } } }),
    says:
      /^model: tiny\.onnx tells 2 classes apart, and its JSON names 1: the labels are those of another model$/,
  },
  "weights in another file that is not there": {
    of: () => problems({ kind: similarityKind, variation: { damage: withKernelBeside(24) } }),
    says:
      /^model: "tiny\.onnx" can't be used as a model: its weights are in kernel\.bin, which is not there$/,
  },
  "weights in another file that is cut short": {
    of: () =>
      problems({
        kind: similarityKind,
        variation: { damage: withKernelBeside(24) },
        after: (folder) => Deno.writeFile(join(folder, "kernel.bin"), new Uint8Array(20)),
      }),
    says: /its weights are in kernel\.bin, which has 20 bytes instead of 24: it is cut short$/,
  },
  "a layer of a rank that no layer has": {
    of: () =>
      problems({ kind: activationsKind, settings: { layers: "scores" }, variation: { scores: [-1] } }),
    says:
      /^layers\.scores: "scores" of tiny\.onnx can't be looked into: it has 0 axes beside the batch; a layer of a NCHW model has 1 to 3$/,
  },
  "a layer of a rank that no layer has, though the file does not state it": {
    of: () =>
      problems({
        kind: activationsKind,
        settings: { layers: "deep" },
        variation: {
          further: {
            nodes: [node("Unsqueeze", ["opponent", "axes"], ["deep"])],
            initializers: [integerTensor("axes", [2], [1, 2])],
          },
        },
      }),
    says:
      /^layers\.deep: "deep" of tiny\.onnx can't be looked into: it has 5 axes beside the batch; a layer of a NCHW model has 1 to 3$/,
  },
  "a layer that is not told apart by windows, though the file does not state it": {
    of: () => problems({ kind: rdmKind, settings: { layers: "flat" }, variation: { further: flattened } }),
    says: /^layers\.flat: .*: it has no entry for each window: of one window its shape is \[96\]$/,
  },
  "a layer with too little to compare, though the file does not state it": {
    of: () => problems({ kind: similarityKind, settings: { layers: { head: "pooled" } } }),
    says: /^layers\.head: head has 1 of locations in a window, and CKA compares 2 or more/,
  },
  "a layer whose channels stand last in a model that has them first": {
    of: () =>
      problems({
        kind: similarityKind,
        settings: { layers: { inside: "last" } },
        variation: { further: channelsLast },
      }),
    says:
      /^layers\.inside: inside is \[6, 8, 2\] with its channels at place 3, where a layer of a NCHW model has others: take a layer of tiny\.onnx/,
  },
  "a layer without a single list of classes": {
    of: () => problems({ kind: readoutKind, settings: {}, variation: { scores: [-1, 3, 2] } }),
    says: /^layer: "scores" of tiny\.onnx can't be looked into: it has more than one number for each class/,
  },
  "a layer with too little to compare": {
    of: () => problems({ kind: similarityKind, settings: { layers: { head: "scores" } } }),
    says: /^layers\.head: head has 1 of locations in a window, and CKA compares 2 or more/,
  },
  "a clip that is shorter than the window": {
    of: () => problems({ kind: activationsKind, variation: { frames: 7 } }),
    says: /^videos\.0: one has 5 frames; tiny\.onnx needs 7 for one number\nvideos\.1: two has 5 frames/,
  },
  "a window that is not the model's": {
    of: () =>
      problems({ kind: similarityKind, settings: { layers: "early", window: 5 }, variation: { frames: 3 } }),
    says: /^window: tiny\.onnx sees 3 frames at a time, as its JSON says: write window: 3, or leave it out$/,
  },
};

for (const [name, { of, says }] of Object.entries(cases)) {
  Deno.test(`planning names the problem: ${name}`, async () => assert.match(await of(), says));
}

Deno.test("videos whose places cannot be paired are problems of the plan", async () => {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path, { anySize: true });
  const found = async (samples: string) => {
    const settings = { layers: "early", samples };
    const planned = await planStage(similarityKind, folder.path, { settings, videos });
    assert.deepEqual(planned.problems, []);
    const { facts } = planned;
    const larger = { ...facts.videos, "videos.1": { ...facts.videos["videos.1"]!, width: 10 } };
    const problems: string[] = [];
    similarityKind.check(planned.settings, { ...facts, videos: larger }, (path, problem) => {
      problems.push(`${path.join(".")}: ${describeProblem(problem, path.join("."))}`);
    });
    return problems;
  };
  const [problem] = await found("locations");
  assert.match(
    problem ?? "",
    /^videos\.1: two is 6 x 10, and tiny\.onnx sees frames at their own size; .* with those of one, so it must be 6 x 8/,
  );
  assert.deepEqual(await found("channels"), []);
});

Deno.test("a layer behind an operator that cannot be followed is left to the engine", async () => {
  const further = { nodes: [node("Hardmax", ["opponent"], ["odd"])] };
  assert.equal(
    await problems({ kind: activationsKind, settings: { layers: "odd" }, variation: { further } }),
    "",
  );
});

Deno.test("what a model saw beside what it was trained on is said where frames are resized", async () => {
  await using folder = await temporaryFolder();
  await writeTinyModel(folder.path);
  const { settings, facts } = await planStage(similarityKind, folder.path, {
    settings: { layers: "early" },
    videos,
  });
  assert.deepEqual(similarityKind.deviations(settings, facts), []);
  const larger = Object.entries(facts.videos).map(([role, video]) => [role, { ...video, height: 12 }]);
  const resized = { ...facts, videos: Object.fromEntries(larger) };
  assert.match(
    similarityKind.deviations(settings, resized).join(),
    /resized whole to the 6 x 8 pixels of tiny\.onnx, bilinearly and without antialiasing/,
  );
});
