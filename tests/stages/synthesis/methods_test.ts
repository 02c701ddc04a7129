import assert from "node:assert/strict";
import type { Facts } from "../../../lib/plan/stage_kind.ts";
import { synthesisMethods } from "../../../lib/stages/synthesis/methods.ts";
import { synthesisSchema } from "../../../lib/stages/synthesis/schema.ts";

const layers = ["conv1_1", "conv2_1"];
const facts: Facts = {
  videos: {},
  names: {
    "targets.spatial_texture.mixture.0.video": "street",
    "targets.spatial_texture.mixture.1.video": "water",
    "color_transfer.video": "street",
  },
  models: {
    "streams.spatial": {
      name: "vgg19",
      stream: "spatial",
      smallestSide: 16,
      layers,
      defaultTextureLayers: layers,
      defaultContentLayers: layers,
    },
  },
};

function told(settings: Readonly<Record<string, unknown>>): string {
  return synthesisMethods(synthesisSchema.parse(settings), facts).details.join("\n");
}

Deno.test("a synthesis tells weights, shares, learning rates and how frames begin", () => {
  const text = told({
    targets: {
      spatial_texture: {
        mixture: [{ video: "street", share: 2 }, { video: "water", share: 1 }],
        layers: { conv1_1: 1, conv2_1: 0.5 },
        weight: { 0: 1, 6: 0.3 },
      },
    },
    octaves: {
      steps: [{ octave: 0, iterations: { 0: 60, 1: 15 }, learning_rate: 0.01, total_variation: 0.1 }],
    },
  });
  assert.match(text, /of street \(share 2\) and water \(share 1\) was matched in the layers/);
  assert.match(text, /conv1_1 \(weight 1\) and conv2_1 \(weight 0\.5\)/);
  assert.match(text, /with the weight 1 up to frame 0, 0\.3 from frame 6 on, linear in between\./);
  assert.match(
    text,
    /full size: iterations 60 up to frame 0, 15 from frame 1 on, learning rate 0\.01, weight of total/,
  );
  assert.match(
    text,
    /The first frame began as noise, each other one as the frame before and noise \(share of the/,
  );
  assert.match(text, /scaled to the same size/);
});
