import assert from "node:assert/strict";
import { estimateSeconds, isMeasured, secondsEach, unknownSpeeds } from "../../lib/plan/estimate.ts";
import { rateOf, roughRates } from "../../lib/plan/rates.ts";

const batch = { height: 100, width: 100, parts: ["vgg19/conv5_1", "update"] };

Deno.test("estimates grow with pixels, iterations and what is evaluated", () => {
  const work = { ...batch, iterations: 10 };
  const one = estimateSeconds([work], unknownSpeeds);
  assert.ok(estimateSeconds([work, work], unknownSpeeds) > one);
  assert.ok(estimateSeconds([{ ...work, parts: [...work.parts, "msoe/concat"] }], unknownSpeeds) > one);
  const large = { ...work, height: 400, width: 400 };
  const larger = { ...work, height: 800, width: 400 };
  assert.ok(estimateSeconds([larger], unknownSpeeds) > 1.8 * estimateSeconds([large], unknownSpeeds));
  assert.equal(estimateSeconds([], unknownSpeeds), 0);
});

Deno.test("a model costs less as far as a shallow layer, and as much as all of it where that layer has no rate", () => {
  assert.ok(rateOf("vgg19/conv1_1", {}).perMegapixel < rateOf("vgg19/conv3_1", {}).perMegapixel);
  assert.equal(rateOf("vgg19/conv5_2", {}), roughRates.vgg19);
  assert.deepEqual(rateOf("vgg19/conv5_2", { vgg19: { fixed: 1, perMegapixel: 2 } }), {
    fixed: 1,
    perMegapixel: 2,
  });
});

Deno.test("what a run has measured counts, whatever the order of its parts", () => {
  const measured = [{ height: 100, width: 100, parts: ["update", "vgg19/conv5_1"], seconds: 3 }];
  assert.equal(secondsEach(batch, { rates: {}, measured }), 3);
  assert.ok(isMeasured({ ...batch, height: 200 }, measured));
  assert.ok(!isMeasured({ ...batch, parts: ["update"] }, measured));
});

Deno.test("between measured sizes and beyond them times follow the rates", () => {
  const rates = { x: { fixed: 0, perMegapixel: 1 } };
  const at = (side: number, seconds: number) => ({ height: side, width: side, parts: ["x"], seconds });
  const each = (side: number, ...measured: ReturnType<typeof at>[]) =>
    secondsEach({ height: side, width: side, parts: ["x"] }, { rates, measured });
  assert.equal(each(2000, at(1000, 3)), 12);
  assert.equal(each(500, at(1000, 3)), 0.75);
  // Twice the rate at 1 megapixel, four times at 16: three times at their geometric mean.
  const mean = each(2000, at(4000, 64), at(1000, 2));
  assert.ok(Math.abs(mean - 12) < 1e-9, `${mean}`);
});

Deno.test("of frames that are finished nothing is left, and evaluations beside the iterations count", () => {
  const speeds = { rates: { x: { fixed: 1, perMegapixel: 0 } }, measured: [] };
  const frames = { first: -1, iterations: [10, 20, 30], octave: 0, beside: 2 };
  const work = [{ height: 1, width: 1, iterations: 60, parts: ["x"], frames }];
  assert.equal(estimateSeconds(work, speeds), 66);
  assert.equal(estimateSeconds(work, speeds, 1), 32);
  assert.equal(estimateSeconds(work, speeds, 2), 0);
  const passedOver = [{ ...work[0]!, frames: { ...frames, iterations: [10, 0, 30] } }];
  assert.equal(estimateSeconds(passedOver, speeds), 44);
});
