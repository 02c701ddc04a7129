import assert from "node:assert/strict";
import { join } from "node:path";
import { RunError } from "../../../lib/errors.ts";
import { catalog } from "../../../lib/models/catalog.ts";
import type { WeightedModel } from "../../../lib/models/model_entry.ts";
import { msoe } from "../../../lib/models/msoe/entry.ts";
import { inspectWeights } from "../../../lib/models/weights/weights_state.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { content, published } from "./published_example.ts";

const embedded = catalog.values().find((entry) => !("weights" in entry));
if (embedded === undefined || "weights" in embedded) {
  throw new Error("the catalog has a model without weights");
}

/** A model whose file must begin with the example's first byte. */
const example: WeightedModel = {
  declaration: embedded.declaration,
  weights: published,
  standIn: () => embedded.open(),
  open(bytes, where) {
    if (bytes[0] !== content[0]) return Promise.reject(new RunError(`${where} holds another network`));
    return embedded.open();
  },
};

/** The state of a weights folder with this file in it. */
async function stateOf(bytes: Uint8Array | undefined, opens = true) {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "by_hand.h5");
  if (bytes !== undefined) await Deno.writeFile(path, bytes);
  return await inspectWeights(example, folder.path, { opens });
}

Deno.test("weights are official, another file that can be used, damaged, or missing", async () => {
  assert.partialDeepStrictEqual(await stateOf(content), { state: "official", bytes: content.length });
  const other = Uint8Array.from([...content, 1]);
  assert.partialDeepStrictEqual(await stateOf(other), { state: "other" });
  const damaged = Uint8Array.of((content[0] ?? 0) + 1);
  assert.partialDeepStrictEqual(await stateOf(damaged), {
    state: "damaged",
    reason: "by_hand.h5 holds another network",
  });
  assert.partialDeepStrictEqual(await stateOf(damaged, false), { state: "other" });
  assert.deepEqual(await stateOf(undefined), { state: "missing" });
});

Deno.test("a model that is computed needs no weights, and one byte makes a file of msoe another or a damaged one", async () => {
  assert.deepEqual(await inspectWeights(embedded, "/nowhere", { opens: true }), { state: "embedded" });
  await using folder = await temporaryFolder();
  await Deno.writeFile(join(folder.path, "msoe.npz"), content);
  assert.partialDeepStrictEqual(await inspectWeights(msoe, folder.path, { opens: true }), {
    state: "damaged",
  });
});
