import assert from "node:assert/strict";
import fc from "fast-check";
import type { Facts, VideoFacts } from "../../../lib/plan/stage_kind.ts";
import { frameAt, layOut } from "../../../lib/stages/report/mosaic.ts";
import { keyedReport, reportReads, shownVideos } from "../../../lib/stages/report/shown.ts";

function facts(videos: Readonly<Record<string, { kind: string; frames: number }>>): Facts {
  const entries = Object.entries(videos);
  return {
    videos: Object.fromEntries(entries.map(([role, { frames }]) => [role, video(frames)])),
    models: {},
    names: Object.fromEntries(entries.map(([role]) => [role, role])),
    kinds: Object.fromEntries(entries.map(([role, { kind }]) => [role, kind])),
  };
}

const video = (frames: number, fps = "25/1"): VideoFacts => ({ height: 64, width: 96, frames, fps });

Deno.test("clips come first, and are shown as far as what was made of them; nothing more of them is read", () => {
  const known = facts({ metamer: { kind: "synthesis", frames: 12 }, leaves: { kind: "video", frames: 48 } });
  assert.deepEqual(
    shownVideos(known).shown.map(({ name, video: { frames } }) => [name, frames]),
    [["leaves", 12], ["metamer", 12]],
  );
  assert.deepEqual(reportReads(known), { metamer: 12, leaves: 12 });
});

Deno.test("twelve videos are shown; the others are named and not read", () => {
  const many = Array.from(
    { length: 14 },
    (_, index) => [`v${index}`, { kind: "synthesis", frames: 2 }] as const,
  );
  const known = facts(Object.fromEntries(many));
  assert.deepEqual(shownVideos(known).more, ["v12", "v13"]);
  assert.equal(reportReads(known)["v13"], 0);
});

Deno.test("more frames and another title make another page", () => {
  const one = facts({ metamer: { kind: "synthesis", frames: 12 } });
  assert.notDeepEqual(keyedReport(one), keyedReport(facts({ metamer: { kind: "synthesis", frames: 13 } })));
  assert.notDeepEqual(keyedReport(one), keyedReport({ ...one, title: "Another" }));
});

Deno.test("property: videos of any sizes stand beside each other without overlap, in blocks, and are not too large to be decoded", () => {
  const size = fc.record({
    height: fc.integer({ min: 1, max: 2160 }),
    width: fc.integer({ min: 1, max: 3840 }),
  });
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 12 }), (sizes) => {
      const mosaic = layOut(sizes.map((size, index) => (
        { role: `${index}`, name: `${index}`, video: { ...video(3), ...size } }
      )));
      assert.ok(mosaic.height <= 2304 && mosaic.width <= 4096);
      const { videos } = mosaic;
      videos.forEach((one, index) => {
        assert.ok(one.x % 16 === 0 && one.y % 16 === 0);
        assert.ok(one.x + one.shownWidth <= mosaic.width && one.y + one.shownHeight <= mosaic.height);
        for (const other of videos.slice(0, index)) {
          const apart = other.x + other.shownWidth <= one.x || one.x + one.shownWidth <= other.x ||
            other.y + other.shownHeight <= one.y || one.y + one.shownHeight <= other.y;
          assert.ok(apart);
        }
      });
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("a slower video repeats frames, and a shorter one holds its last", () => {
  const at = (times: readonly number[], frames: number, fps: string) =>
    times.map((time) => frameAt({ frames, fps }, 30, time));
  assert.deepEqual(at([0, 1, 2, 3, 4], 9, "15/1"), [0, 0, 1, 1, 2]);
  assert.deepEqual(at([0, 1, 2, 3], 2, "30/1"), [0, 1, 1, 1]);
});
