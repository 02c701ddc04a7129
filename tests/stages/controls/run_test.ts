import assert from "node:assert/strict";
import type { StageKind } from "../../../lib/plan/stage_kind.ts";
import { blockScrambleKind } from "../../../lib/stages/block_scramble/kind.ts";
import { diffeomorphicKind } from "../../../lib/stages/diffeomorphic/kind.ts";
import { equalizeKind } from "../../../lib/stages/equalize/kind.ts";
import { frameShuffleKind } from "../../../lib/stages/frame_shuffle/kind.ts";
import { reverseKind } from "../../../lib/stages/reverse/kind.ts";
import { sha256OfBytes } from "../../../lib/store/checksum.ts";
import type { StoredArray } from "../../../lib/store/stage_store.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { type Outcome, run, type TestVideo, video } from "./stage.ts";

async function made<Settings>(
  kind: StageKind<Settings>,
  videos: Readonly<Record<string, TestVideo>>,
  settings: Readonly<Record<string, unknown>> = {},
  names: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  await using folder = await temporaryFolder();
  return await run(kind, folder.path, videos, { video: "clip", ...settings }, { names });
}

const checksum = ({ data }: StoredArray) =>
  sha256OfBytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));

async function originals({ source }: TestVideo): Promise<string[]> {
  return await Promise.all(
    Array.from({ length: source.frames }, async (_, time) => checksum(await source.frame(time))),
  );
}

for (const stored of ["uint8", "float32"] as const) {
  Deno.test(`shuffling keeps the frames' checksums, reversing their order backwards (${stored})`, async () => {
    const clip = video({ stored });
    const before = await originals(clip);
    const shuffled = (await made(frameShuffleKind, { video: clip })).frames.map(checksum);
    assert.notDeepEqual(shuffled, before);
    assert.deepEqual([...shuffled].sort(), [...before].sort());
    const reversed = (await made(reverseKind, { video: clip })).frames.map(checksum);
    assert.deepEqual(reversed, before.toReversed());
    const first = (await made(reverseKind, { video: clip }, { frames: 2 })).frames.map(checksum);
    assert.deepEqual(first, [before[1], before[0]]);
  });

  Deno.test(`blocks are exchanged as they are stored (${stored})`, async () => {
    const { frames } = await made(blockScrambleKind, { video: video({ stored }) }, { block: 4 });
    assert(frames.every(({ data }) => data instanceof (stored === "uint8" ? Uint8Array : Float32Array)));
    const clip = video({ stored });
    for (const [time, { data }] of frames.entries()) {
      assert.deepEqual([...data].sort(), [...(await clip.source.frame(time)).data].sort());
    }
  });
}

const set = {
  video: video({ seed: 1 }),
  "videos.0": video({ seed: 1 }),
  "videos.1": video({ seed: 3, frames: 3 }),
};
const setNames = { video: "clip", "videos.0": "clip", "videos.1": "other" };
const setSettings = { video: "clip", videos: ["clip", "other"] };

const kinds: readonly {
  readonly kind: string;
  readonly start: (folder: string, stopAfter?: number) => Promise<Outcome>;
}[] = [
  {
    kind: "frame_shuffle",
    start: (folder, stopAfter = Infinity) =>
      run(frameShuffleKind, folder, { video: video() }, { video: "clip" }, { stopAfter }),
  },
  {
    kind: "block_scramble",
    start: (folder, stopAfter = Infinity) => {
      const settings = { video: "clip", blocks: "space_time", block: { height: 3, width: 4, frames: 2 } };
      return run(blockScrambleKind, folder, { video: video() }, settings, { stopAfter });
    },
  },
  {
    kind: "diffeomorphic",
    start: (folder, stopAfter = Infinity) =>
      run(diffeomorphicKind, folder, { video: video() }, { video: "clip", components: 1 }, { stopAfter }),
  },
  ...["luminance", "histogram"].flatMap((match) =>
    ["none", "rotational"].map((spectrum) => ({
      kind: `equalize, ${match}, spectrum ${spectrum}`,
      start: (folder: string, stopAfter = Infinity) => {
        const settings = { ...setSettings, match, spectrum };
        return run(equalizeKind, folder, set, settings, { stopAfter, names: setNames });
      },
    }))
  ),
];

for (const { kind, start } of kinds) {
  Deno.test(`stopped at any place and run again, there are the same bytes and the same warnings: ${kind}`, async () => {
    await using whole = await temporaryFolder();
    const wanted = await start(whole.path);
    const warnings = ({ events }: Outcome) => events.filter(({ type }) => type === "warning");
    for (const stopAfter of [0, 3, 9, 12, 19]) {
      await using folder = await temporaryFolder();
      const first = await start(folder.path, stopAfter);
      const rest = await start(folder.path);
      assert.deepEqual(rest.frames, wanted.frames);
      if (first.frames.length < wanted.frames.length) assert.deepEqual(warnings(rest), warnings(wanted));
    }
  });
}

Deno.test("equalize measures only what was not measured before a stop", async () => {
  await using folder = await temporaryFolder();
  const { saved } = await run(equalizeKind, folder.path, set, setSettings, { stopAfter: 6, names: setNames });
  assert.equal(saved.length, 1);
  const again = await run(equalizeKind, folder.path, set, setSettings, { names: setNames });
  assert.equal(again.saved.length, 1, "the last two frames were measured");
  const finished = await run(equalizeKind, folder.path, set, setSettings, { names: setNames });
  assert.equal(finished.saved.length, 0, "nothing was");
});

Deno.test("equalize hears a stop while it finds out again what did not fit", async () => {
  await using folder = await temporaryFolder();
  const settings = { ...setSettings, contrast: 0.45 };
  const warnings = async (stopAfter = Infinity) => {
    const { events } = await run(equalizeKind, folder.path, set, settings, { stopAfter, names: setNames });
    return events.filter(({ type }) => type === "warning");
  };
  const whole = await warnings();
  assert.notEqual(whole.length, 0);
  assert.deepEqual(await warnings(2), []);
  assert.deepEqual(await warnings(), whole);
});

Deno.test("equalize says how many pixels were clipped", async () => {
  const { events } = await made(equalizeKind, set, { ...setSettings, contrast: 0.45 }, setNames);
  const texts = events.flatMap((event) => event.type === "warning" ? [`${event.code}: ${event.text}`] : []);
  assert.match(texts.join("\n"), /^clipped: \d+ of 540 pixels \([\d.]+ %\) were clipped to 0 or 1$/m);
});

Deno.test("gray videos stay gray, and light stays light", async () => {
  const linear = { transfer: "linear", color: "gray" } as const;
  const videos = { video: video(linear), "videos.0": video(linear), "videos.1": video({ seed: 3 }) };
  const { frames } = await made(equalizeKind, videos, { ...setSettings, values: "linear" }, setNames);
  assert(frames.every(({ data }) => data.every((value, i) => value === data[3 * Math.floor(i / 3)])));
  const facts = (videos: Readonly<Record<string, TestVideo>>) => ({
    videos: Object.fromEntries(Object.entries(videos).map(([role, { facts }]) => [role, facts])),
    models: {},
    names: setNames,
  });
  const settings = (more: object) => equalizeKind.schema.parse({ ...setSettings, ...more });
  const makes = (more: object) => equalizeKind.makes(settings(more), facts(videos));
  assert.deepEqual(makes({}), { made: "video", video: { ...videos.video.facts } });
  const { color: _, ...colored } = videos.video.facts;
  assert.deepEqual(makes({ channels: "separate" }), { made: "video", video: colored });
});

Deno.test("one frame and two frames are a clip, too", async () => {
  for (const frames of [1, 2]) {
    const clip = video({ frames });
    const only = { video: clip, "videos.0": clip };
    const names = { video: "clip", "videos.0": "clip" };
    for (
      const outcome of await Promise.all([
        made(frameShuffleKind, { video: clip }),
        made(reverseKind, { video: clip }),
        made(blockScrambleKind, { video: clip }, { block: 3, blocks: "space_time" }),
        made(diffeomorphicKind, { video: clip }, { components: 1 }),
        made(equalizeKind, only, { videos: ["clip"], match: "histogram" }, names),
      ])
    ) assert.equal(outcome.frames.length, frames);
  }
});

Deno.test("equalize tells how many frames are measured, and a large warp how far its map is, which a stop ends", async () => {
  await using measuring = await temporaryFolder();
  const { events } = await run(equalizeKind, measuring.path, set, setSettings, { names: setNames });
  const told = events.flatMap((event) => event.type === "preparing" ? [`${event.done} of ${event.of}`] : []);
  assert.deepEqual(told, ["1 of 8", "2 of 8", "3 of 8", "4 of 8", "5 of 8", "6 of 8", "7 of 8"]);

  const large = { video: video({ height: 130, width: 4, frames: 1 }) };
  const settings = { video: "clip", components: 1 };
  await using warping = await temporaryFolder();
  const stopped = await run(diffeomorphicKind, warping.path, large, settings, { stopAfter: 100 });
  assert.deepEqual(stopped.events.map((event) => event.type === "preparing" && event.done), [64]);
  const rest = await run(diffeomorphicKind, warping.path, large, settings);
  assert.deepEqual(rest.events.map(({ type }) => type), ["preparing", "preparing", "frame.finished"]);
});

Deno.test("a video of one frame, of two and of one color goes through every control", async () => {
  const flat = video({ frames: 2 });
  const gray: TestVideo = {
    facts: flat.facts,
    source: {
      frames: 2,
      frame: () => Promise.resolve({ shape: [9, 12, 3], data: new Uint8Array(9 * 12 * 3).fill(90) }),
    },
  };
  const one = video({ frames: 1 });
  for (const clip of [one, video({ frames: 2 }), gray]) {
    const { frames } = clip.source;
    const others = { "videos.0": clip, "videos.1": one };
    const names = { video: "clip", "videos.0": "clip", "videos.1": "one" };
    const outcomes = [
      await made(frameShuffleKind, { video: clip }),
      await made(reverseKind, { video: clip }),
      await made(blockScrambleKind, { video: clip }, { block: 4 }),
      await made(blockScrambleKind, { video: clip }, {
        block: { height: 4, width: 4, frames: 2 },
        blocks: "space_time",
      }),
      await made(diffeomorphicKind, { video: clip }, { components: 1 }),
    ];
    for (const match of ["luminance", "histogram"]) {
      const settings = { videos: ["clip", "one"], match, spectrum: "rotational" };
      outcomes.push(await made(equalizeKind, { video: clip, ...others }, settings, names));
    }
    for (const outcome of outcomes) {
      assert.equal(outcome.frames.length, frames);
      for (const { data } of outcome.frames) assert(data.every((value) => Number.isFinite(value)));
    }
  }
});
