import assert from "node:assert/strict";
import { rationalRate } from "../../../lib/stages/video/frame_rate.ts";
import { videoKind } from "../../../lib/stages/video/kind.ts";
import { videoSchema } from "../../../lib/stages/video/schema.ts";

Deno.test("a video has defaults for all but its origin", () => {
  assert.deepEqual(videoSchema.parse({ file: "a.mp4" }), {
    file: "a.mp4",
    start: 0,
    step: 1,
    fit: "stretch",
    color: "rgb",
    transfer: "srgb",
  });
});

Deno.test("a generator is a name or a map with parameters", () => {
  const named = videoSchema.parse({ generate: "dead_leaves" });
  const mapped = videoSchema.parse({ generate: { dead_leaves: { seed: 5 } } });
  assert.ok("generate" in named && "generate" in mapped);
  assert.deepEqual(mapped.generate, { ...named.generate, seed: 5 });
});

Deno.test("written settings read again are the same settings", () => {
  const videos = [
    { file: "a.mp4", height: 10, fps: "60000/1001", license: "CC0", group: "town" },
    { file: "still.png", fps: 25, transfer: { gamma: 2.2 }, color: "gray" },
    { generate: { grating: { drift: 0.2 } }, frames: 3 },
    { generate: { noise: { colored: true } }, frames: 3 },
    { generate: "dead_leaves" },
  ];
  for (const video of videos) {
    const settings = videoSchema.parse(video);
    assert.deepEqual(videoSchema.parse(videoKind.write(settings)), settings);
  }
});

Deno.test("rates are rationals in lowest terms", () => {
  assert.equal(rationalRate(25), "25/1");
  assert.equal(rationalRate(29.97), "2997/100");
  assert.equal(rationalRate("60000/1001"), "60000/1001");
  assert.equal(rationalRate("60000/2002"), "30000/1001");
  for (const rate of ["fast", "-25", "25/0", "0", "1.5/2", ""]) {
    assert.equal(rationalRate(rate), undefined, rate);
  }
});
