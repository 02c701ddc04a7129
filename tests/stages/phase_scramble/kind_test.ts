import assert from "node:assert/strict";
import type { Facts, VideoFacts } from "../../../lib/plan/stage_kind.ts";
import { phaseScrambleKind } from "../../../lib/stages/phase_scramble/kind.ts";
import { colorRole } from "../../../lib/stages/phase_scramble/schema.ts";

function facts(video: Partial<VideoFacts> = {}): Facts {
  const clip: VideoFacts = { height: 360, width: 640, frames: 12, fps: "25/1", ...video };
  return { videos: { video: clip, [colorRole]: clip }, models: {} };
}

const read = (settings: Readonly<Record<string, unknown>> = {}) =>
  phaseScrambleKind.schema.parse({ video: "clip", ...settings });

const key = (settings: Readonly<Record<string, unknown>>, video: Partial<VideoFacts> = {}) =>
  JSON.stringify(phaseScrambleKind.keyed(read(settings), facts(video)));

Deno.test("what is left out is the paper's control, which departs from the paper in nothing", () => {
  const settings = read();
  assert.deepEqual(settings.color_transfer, { video: "clip", variant: "pdf_regrain" });
  assert.deepEqual(phaseScrambleKind.deviations(settings, facts()), []);
  assert.deepEqual(read(Object(phaseScrambleKind.write(settings))), settings);
});

Deno.test("every departure from the paper is a sentence", () => {
  const settings = read({
    steps: "frames",
    angles: "per_frame",
    mode: "replace",
    channels: "same",
    color_transfer: "none",
  });
  assert.equal(phaseScrambleKind.deviations(settings, facts({ transfer: "linear" })).length, 6);
  assert.match(phaseScrambleKind.deviations(read(), facts({ color: "gray" })).join(), /gray/);
});

Deno.test("the number of frames decides all of them in the step clip, and none without it", () => {
  assert.notEqual(key({}), key({}, { frames: 13 }));
  assert.notEqual(key({}), key({ frames: 11 }));
  assert.equal(key({ steps: "frames" }), key({ steps: "frames" }, { frames: 13 }));
});

Deno.test("the key has what decides the bytes and no more", () => {
  assert.equal(key({ color_transfer: "clip" }), key({}));
  for (
    const other of [{ seed: 2 }, { mode: "replace" }, { channels: "same" }, { color_transfer: "none" }, {
      steps: "frames",
    }]
  ) {
    assert.notEqual(key(other), key({}));
  }
  assert.equal(key({ channels: "same" }, { color: "gray" }), key({}, { color: "gray" }));
});

Deno.test("no more frames are read, and planned, than are made", () => {
  const settings = read({ frames: 5 });
  assert.deepEqual(phaseScrambleKind.reads?.(settings, facts()), { video: 5, [colorRole]: 5 });
  const made = phaseScrambleKind.makes(settings, facts());
  assert.deepEqual(made, { made: "video", video: { height: 360, width: 640, frames: 5, fps: "25/1" } });
  const parts = phaseScrambleKind.work(settings, facts()).map(({ parts, iterations }) => [parts, iterations]);
  assert.deepEqual(parts, [
    [["start"], 1],
    [["scramble_frame", "scramble_clip"], 5],
    [["pdf_regrain", "write"], 5],
  ]);
});
