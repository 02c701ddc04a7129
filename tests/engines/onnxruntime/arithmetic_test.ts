import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { arithmetic } from "../../../lib/engines/arithmetic.ts";
import { processorDialect } from "../../../lib/engines/onnxruntime/lowering/dialect.ts";
import { writeModel } from "../../../lib/engines/onnxruntime/write_model.ts";
import { uniformNoise } from "../../../lib/frames/noise.ts";
import { catalog } from "../../../lib/models/catalog.ts";
import type { ModelSource } from "../../../lib/models/stream_model.ts";
import { iterationGraph } from "../../../lib/synthesis/objective.ts";
import { recipeOf, type TermTargets } from "../../../lib/synthesis/requests.ts";

/**
 * What `arithmetic` stands for. Where one of these is another, something is computed otherwise: raise the number in
 * lib/engines/arithmetic.ts and state both here; when nothing is rounded otherwise (nodes have other names), state the new
 * one beside the old number.
 */
const pinned = {
  arithmetic: 2,
  spatial: {
    winograd: "1830beb5a4c04bb1ebe1963a4a7f27a45dff1b71061a6c37941bc0963e923796",
    direct: "802d5c9210a872ef67869207a44e3bd6435434ab6942a5fc28bf0cb87851be9c",
  },
  temporal: { winograd: "e9dbb64d3d856c5fdc0f346ac133c307f7da03d5f0d8aa2df9e70ad6c12f894f" },
};

const size = { height: 40, width: 52 };
const [previous, current] = [0, 1].map((frame) =>
  uniformNoise({ seed: 1, frame, purpose: "generated" }, size.height, size.width)
);

/** Networks whose weights are made up: the same everywhere. */
const standIns: ModelSource = {
  async open(name) {
    const entry = catalog.get(name);
    if (entry === undefined || !("weights" in entry)) throw new Error(`${name} has no stand-in`);
    return await entry.standIn();
  },
};

Deno.test("a change of what is computed changes its number: models and weights are as they were when it was raised last", async () => {
  assert.ok(previous && current);
  // Direct convolutions, and tiles of 4 and 2.
  const layers = { conv1_1: 1, conv2_1: 1, conv3_1: 1, conv4_1: 1 };
  const spatial = { spatial_texture: { previous, current, layers } };
  const temporal = { temporal_texture: { previous, current } };
  const found = {
    arithmetic,
    spatial: { winograd: await digest(spatial, "winograd"), direct: await digest(spatial, "direct") },
    temporal: { winograd: await digest(temporal, "winograd") },
  };
  assert.deepEqual(found, pinned);
});

/** sha256 of the model that an iteration runs, and of the weights that are bound to it. */
async function digest(targets: TermTargets, convolution: "winograd" | "direct"): Promise<string> {
  const graph = iterationGraph(await recipeOf(targets, {}, "reference", standIns), size);
  const { model, shared } = writeModel(graph, processorDialect(convolution));
  const hash = createHash("sha256").update(model);
  for (const name of Object.keys(shared).sort()) {
    const { data } = shared[name] ?? {};
    if (data !== undefined) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest("hex");
}
