import assert from "node:assert/strict";
import { openEngine } from "../../../lib/engines/open.ts";
import { msoe } from "../../../lib/models/msoe/entry.ts";
import type { StreamModel } from "../../../lib/models/stream_model.ts";
import { assertClose, goldenFloats, maxNormError, readGolden } from "../../golden_data.ts";
import { sharedPath } from "../../shared_data.ts";
import { channelsLast, evaluateModel, named } from "../evaluate_model.ts";

const weights = sharedPath("weights/msoe.npz");
const ignore = weights === undefined || sharedPath("golden/two_stream.npz") === undefined;

async function openMsoe(): Promise<StreamModel> {
  return await msoe.open(await Deno.readFile(weights ?? ""), "msoe.npz");
}

Deno.test({
  name: "MSOE gives the authors' activations and their Gram matrix",
  ignore,
  fn: async () => {
    const golden = readGolden("two_stream.npz");
    const frames = [goldenFloats(golden, "gen_prev"), goldenFloats(golden, "gen_cur")];
    await using engine = await openEngine({});
    const made = await evaluateModel(engine, await openMsoe(), frames, ["concat"]);
    assertClose(
      channelsLast(named(made, "concat"), 4),
      goldenFloats(golden, "msoe_concat_s4"),
      2e-5,
      "concat",
    );
    assertClose(named(made, "gram concat"), goldenFloats(golden, "gram_msoe"), 2e-5, "Gram matrix");
  },
});

Deno.test({
  name: "MSOE's golden comparison notices frames in the wrong order",
  ignore,
  fn: async () => {
    const golden = readGolden("two_stream.npz");
    const frames = [goldenFloats(golden, "gen_cur"), goldenFloats(golden, "gen_prev")];
    await using engine = await openEngine({});
    const made = await evaluateModel(engine, await openMsoe(), frames, ["concat"]);
    assert.ok(maxNormError(named(made, "gram concat"), goldenFloats(golden, "gram_msoe")) > 1e-2);
  },
});

Deno.test({
  name: "MSOE's decoder gives the authors' flow: to the right and upwards in pixels per frame",
  ignore: ignore || sharedPath("golden/msoe_flow.npz") === undefined,
  fn: async () => {
    const golden = readGolden("two_stream.npz");
    const frames = [goldenFloats(golden, "target_prev"), goldenFloats(golden, "target_cur")];
    await using engine = await openEngine({});
    const made = await evaluateModel(engine, await openMsoe(), frames, ["flow"]);
    const expected = goldenFloats(readGolden("msoe_flow.npz"), "flow");
    assertClose(channelsLast(named(made, "flow")), expected, 5e-5, "flow");
  },
});
