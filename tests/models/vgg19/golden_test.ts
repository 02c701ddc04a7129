import assert from "node:assert/strict";
import { openEngine } from "../../../lib/engines/open.ts";
import { vgg19 } from "../../../lib/models/vgg19/entry.ts";
import { readKerasWeights } from "../../../lib/models/vgg19/keras_weights.ts";
import { createVgg19 } from "../../../lib/models/vgg19/network.ts";
import { assertClose, goldenFloats, maxNormError, readGolden } from "../../golden_data.ts";
import { sharedPath } from "../../shared_data.ts";
import { channelMeans, channelsLast, evaluateModel, named } from "../evaluate_model.ts";

const weights = sharedPath("weights/vgg19_notop.h5");
const ignore = weights === undefined || sharedPath("golden/vgg_full.npz") === undefined;
const textureLayers = vgg19.declaration.defaultTextureLayers;

/** Largest error / largest value; Winograd's algorithm rounds more coarsely than convolutions term by term. */
const tolerances = { exact: 2e-5, winograd: 5e-5 } as const;

const readWeights = async () => await readKerasWeights(await Deno.readFile(weights ?? ""), "vgg19_notop.h5");

for (
  const { name, exact, tolerance } of [
    { name: "--exact", exact: true, tolerance: tolerances.exact },
    { name: "by default", exact: false, tolerance: tolerances.winograd },
  ]
) {
  Deno.test({
    name: `VGG-19 gives the activations, their means and Gram matrices of the authors' code (${name})`,
    ignore,
    fn: async () => {
      const [full, pair] = [readGolden("vgg_full.npz"), readGolden("two_stream.npz")];
      const model = createVgg19(vgg19.declaration, await readWeights());
      await using engine = await openEngine({ exact });
      const frame = goldenFloats(pair, "gen_cur");
      const made = await evaluateModel(engine, model, [frame], [...textureLayers, "conv5_2"]);
      for (const name of textureLayers) {
        const layer = named(made, name);
        assertClose(channelsLast(layer, 8), goldenFloats(full, `every8_${name}`), tolerance, name);
        const means = goldenFloats(pair, `act_${name}_mean`);
        assertClose(channelMeans(layer), means, tolerance, `means of ${name}`);
        const gram = named(made, `gram ${name}`);
        assertClose(gram, goldenFloats(pair, `gram_${name}`), tolerance, `Gram matrix of ${name}`);
      }
      for (const name of ["conv4_1", "conv5_1", "conv5_2"]) {
        assertClose(channelsLast(named(made, name)), goldenFloats(full, name), tolerance, `whole ${name}`);
      }
    },
  });
}

Deno.test({
  name: "VGG-19's golden comparison notices a kernel whose rows and columns are exchanged",
  ignore,
  fn: async () => {
    const right = await readWeights();
    const first = right.conv1_1;
    assert.ok(first !== undefined);
    const turned = first.kernel.data.map((_, i, data) => {
      const pixel = i % 9;
      return data[i - pixel + (pixel % 3) * 3 + Math.floor(pixel / 3)] ?? NaN;
    });
    const wrong = { ...right, conv1_1: { ...first, kernel: { ...first.kernel, data: turned } } };
    await using engine = await openEngine({});
    const frame = goldenFloats(readGolden("two_stream.npz"), "gen_cur");
    const made = await evaluateModel(engine, createVgg19(vgg19.declaration, wrong), [frame], ["conv1_1"]);
    const expected = goldenFloats(readGolden("vgg_full.npz"), "every8_conv1_1");
    assert.ok(maxNormError(channelsLast(named(made, "conv1_1"), 8), expected) > 100 * tolerances.winograd);
  },
});
