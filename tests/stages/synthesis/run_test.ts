import assert from "node:assert/strict";
import { join } from "node:path";
import type { Engine } from "../../../lib/engines/engine.ts";
import { RunError } from "../../../lib/errors.ts";
import { uniformNoise } from "../../../lib/frames/noise.ts";
import { readFrameRecords } from "../../../lib/store/frame_records.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import type { SynthesisSettings } from "../../../lib/synthesis/settings.ts";
import { decodeState, encodeState } from "../../../lib/synthesis/state.ts";
import { watchedEngine } from "../../synthesis/watched_engine.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { clip, instanceOf, type Outcome, run, settings, size } from "./stage.ts";

/** Runs in a folder of its own. */
async function runAlone(...[options]: [Parameters<typeof run>[1]?]): Promise<Outcome> {
  await using folder = await temporaryFolder();
  return await run(folder.path, options);
}

/** Octaves begin, and end where they begin. */
const noIterations: SynthesisSettings = {
  ...settings,
  stop: { residual: 1e9, minimum: 0 },
  color_transfer: "none",
};

Deno.test("a synthesis walks through the padding into frame 0 and on", async () => {
  const { made, frames, read } = await runAlone();
  assert.deepEqual(made, [-1, 0, 1, 2]);
  assert.equal(frames.length, 3);
  // x1, x0, x1, x2 in turn, of which x1 is still there; and for the temporal term x2 before the first.
  assert.deepEqual(read["targets.spatial_texture.mixture.0.video"], [1, 0, 2]);
  assert.deepEqual(read["targets.temporal_texture.mixture.0.video"], [2, 1, 0, 2]);
  assert.deepEqual(read["color_transfer.video"], [1, 0, 2]);
});

Deno.test("forward padding reads the target as the authors' script does", async () => {
  const { read } = await runAlone({ settings: { ...settings, padding: { frames: 2, order: "forward" } } });
  assert.deepEqual(read["targets.spatial_texture.mixture.0.video"], [2, 0, 1, 2]);
});

Deno.test("the first transition starts from fresh noise, every other from the frame before and noise", async () => {
  const { frames } = await runAlone({ settings: { ...noIterations, blend: 0.75 }, frames: 2 });
  const noise = (frame: number, purpose: "firstStart" | "blend") =>
    uniformNoise({ seed: 1, frame, purpose }, size.height, size.width).data;
  const blended = (previous: Float32Array, frame: number) =>
    previous.map((value, i) => 0.75 * value + 0.25 * (noise(frame, "blend")[i] ?? NaN));
  const zero = blended(noise(-1, "firstStart"), 0);
  assert.deepEqual(frames, [zero, blended(zero, 1)]);
});

Deno.test("without padding frame 0 is made from noise by the spatial terms alone", async () => {
  const { made, read, events } = await runAlone({
    settings: { ...settings, padding: { frames: 0, order: "mirrored" } },
    frames: 2,
  });
  assert.deepEqual(made, [0, 1]);
  assert.deepEqual(read["targets.temporal_texture.mixture.0.video"], [0, 1]);
  const terms = events.flatMap((event) =>
    event.type === "octave.started" ? [Object.keys(event.start_losses)] : []
  );
  assert.deepEqual(terms, [
    ["spatial_texture", "total_variation"],
    ["spatial_texture", "temporal_texture", "total_variation"],
  ]);
});

Deno.test("start_from puts a picture in place of the first noise", async () => {
  const start = { ...noIterations, padding: { frames: 1, order: "mirrored" } as const };
  const gray = await runAlone({ settings: { ...start, start_from: "gray" }, frames: 1 });
  assert.deepEqual(gray.frames[0], new Float32Array(size.height * size.width * 3).fill(0.5));
  const target = await runAlone({ settings: { ...start, start_from: "target" }, frames: 1 });
  const first = await clip(8).frame(1);
  assert.deepEqual(target.frames[0], Float32Array.from(first.data, (value) => value / 255));
  const other = clip(1, () => {}, { height: 8, width: 10 });
  const video = await runAlone({
    settings: { ...start, start_from: "other" },
    frames: 1,
    inputs: { start_from: other },
  });
  assert.equal(video.frames[0]?.length, size.height * size.width * 3);
});

const onePadding = { frames: 1, order: "mirrored" } as const;

Deno.test("a target that turns around is read backwards after its last frame", async () => {
  const read: number[] = [];
  const targets: SynthesisSettings["targets"] = {
    spatial_texture: {
      weight: 1,
      layers: "default",
      targets: [{ video: "short", share: 1, length: "pingpong" }],
    },
  };
  await runAlone({
    settings: { ...settings, targets, padding: onePadding },
    frames: 7,
    inputs: { "targets.spatial_texture.mixture.0.video": clip(4, (index) => read.push(index)) },
  });
  // 0, 1, 2, 3, 2, 1, 0 in turn, of which the second 2 is still there.
  assert.deepEqual(read, [0, 1, 2, 3, 1, 0]);
});

Deno.test("shares follow their keyframes", async () => {
  const startLosses = async (shares: readonly [SynthesisSettings["blend"], SynthesisSettings["blend"]]) => {
    const targets: SynthesisSettings["targets"] = {
      spatial_texture: {
        weight: 1,
        layers: "default",
        targets: shares.map((share) => ({ video: "clip", share, length: "strict" })),
      },
    };
    const { events } = await runAlone({
      settings: { ...noIterations, targets, padding: onePadding },
      frames: 2,
      inputs: { "targets.spatial_texture.mixture.1.video": clip(8, () => {}, { height: 24, width: 17 }) },
    });
    return events.flatMap((event) =>
      event.type === "octave.started" ? [event.start_losses.spatial_texture] : []
    );
  };
  const [moving, first, second] = [
    await startLosses([{ 0: 1, 1: 0 }, { 0: 0, 1: 1 }]),
    await startLosses([1, 0]),
    await startLosses([0, 1]),
  ];
  assert.notDeepEqual(first, second);
  assert.deepEqual(moving, [first[0], second[1]]);
});

Deno.test("weights follow their keyframes", async () => {
  const [texture] = settings.targets.spatial_texture?.targets ?? [];
  assert.ok(texture !== undefined);
  const { frames, events } = await runAlone({
    settings: {
      ...settings,
      targets: { spatial_texture: { weight: { 0: 0, 1: 1 }, layers: "default", targets: [texture] } },
      octaves: settings.octaves.map((step) => ({ ...step, total_variation: 0 })),
      padding: onePadding,
      color_transfer: "none",
    },
    frames: 2,
  });
  const start = uniformNoise({ seed: 1, frame: 0, purpose: "firstStart" }, size.height, size.width);
  assert.deepEqual(frames[0], start.data, "without any weight nothing moves");
  assert.notDeepEqual(frames[1], frames[0]);
  const warnings = events.flatMap((event) => event.type === "warning" ? [event.code] : []);
  assert.deepEqual(warnings, ["no_step"]);
});

Deno.test("the same seed gives the same bytes, another seed others", async () => {
  const [one, same, other] = [
    await runAlone(),
    await runAlone(),
    await runAlone({ settings: { ...settings, seed: 2 } }),
  ];
  assert.deepEqual(one.frames, same.frames);
  assert.notDeepEqual(one.frames, other.frames);
});

Deno.test("a run that was stopped inside a frame goes on to the same bytes", async () => {
  const whole = await runAlone();
  for (const stopAfter of [1, 2, 3, 7]) {
    await using folder = await temporaryFolder();
    await run(folder.path, { stopAfter });
    const resumed = await run(folder.path);
    assert.deepEqual(resumed.frames, whole.frames, `stopped after iteration ${stopAfter}`);
    const iterations = resumed.events.filter(({ type }) => type === "iteration").length;
    assert.equal(iterations, 8 - stopAfter);
  }
});

Deno.test("what an optimizer remembers is in the state: a stopped run goes on to the same bytes", async () => {
  const optimizers: readonly SynthesisSettings["optimizer"][] = [
    { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    { name: "lbfgs", history: 3 },
  ];
  const octaves = settings.octaves.map((step) => ({ ...step, iterations: 6 }));
  for (const optimizer of optimizers) {
    const chosen = { ...settings, octaves, optimizer };
    const whole = await runAlone({ settings: chosen, frames: 1 });
    for (const stopAfter of [1, 5, 9]) {
      await using folder = await temporaryFolder();
      await run(folder.path, { settings: chosen, frames: 1, stopAfter });
      const resumed = await run(folder.path, { settings: chosen, frames: 1 });
      assert.deepEqual(
        resumed.frames,
        whole.frames,
        `${optimizer.name} stopped after iteration ${stopAfter}`,
      );
    }
  }
});

Deno.test("how octaves ended is recorded, and a stopped run records the same", async () => {
  const octaves = [-1, 0].map((octave) => (
    { octave, scale: 1.2, iterations: 9, learning_rate: 0.01, total_variation: 0 }
  ));
  const stop = { plateau: { iterations: 2, improvement: 0.9 }, minimum: 4 };
  const chosen: SynthesisSettings = { ...settings, octaves, stop, padding: onePadding };
  await using folder = await temporaryFolder();
  const whole = await run(folder.path, { settings: chosen, frames: 2 });
  const ends = octaves.map(({ octave }) => ({ octave, iterations: 4, of: 9, ended: "plateau" as const }));
  assert.deepEqual(
    whole.events.filter(({ type }) => type === "octave.finished"),
    [0, 1].flatMap((frame) => ends.map((end) => ({ type: "octave.finished", frame, ...end }))),
  );
  const recorded = async (runs: string) =>
    (await readFrameRecords(instanceOf(runs).frameRecords)).values().map((
      { frame, sha256, iterations, octaves },
    ) => ({ frame, sha256, iterations, octaves })).toArray();
  const records = await recorded(folder.path);
  assert.partialDeepStrictEqual(
    records.slice(1),
    [0, 1].map((frame) => ({ frame, iterations: 8, octaves: ends })),
  );

  await using other = await temporaryFolder();
  for (const stopAfter of [3, 4, 2]) await run(other.path, { settings: chosen, frames: 2, stopAfter });
  await run(other.path, { settings: chosen, frames: 2 });
  assert.deepEqual(await recorded(other.path), records);
});

Deno.test("a state that is older than stop rules, and does not say how the octaves before it ended, goes on", async () => {
  const octaves = [-1, 0].map((octave) => (
    { octave, scale: 1.2, iterations: 2, learning_rate: 0.01, total_variation: 0 }
  ));
  const chosen = { ...settings, octaves, padding: onePadding };
  await using folder = await temporaryFolder();
  await run(folder.path, { settings: chosen, frames: 1, stopAfter: 3 });
  const { state: path } = instanceOf(folder.path);
  const found = decodeState(await Deno.readFile(path));
  assert.ok(found !== undefined && found.state.earlier.length === 1);
  await Deno.writeFile(path, encodeState({ ...found.state, earlier: [] }, found.basis, found.origin));
  const { events } = await run(folder.path, { settings: chosen, frames: 1 });
  assert.equal(events.filter(({ type }) => type === "iteration").length, 1);
  const records = await readFrameRecords(instanceOf(folder.path).frameRecords);
  assert.deepEqual(
    records.get(0)?.octaves,
    [-1, 0].map((octave) => ({ octave, iterations: 2, of: 2, ended: "iterations" })),
  );
});

/** Puts a gray frame in the place of a finished one. */
async function replaceByGray(runs: string, index: number): Promise<void> {
  using store = await openInstanceFolder(instanceOf(runs), { engine: () => undefined, onDamage: () => {} });
  const shape = [size.height, size.width, 3];
  const data = new Float32Array(size.height * size.width * 3).fill(0.5);
  await store.writeFrame(index, { shape, data }, { seconds: 0 });
}

Deno.test("a state is not used when the frame before has other bytes than it was made from", async () => {
  await using folder = await temporaryFolder();
  // Two iterations make frame -1; the third is the first of frame 0.
  await run(folder.path, { stopAfter: 3 });
  await replaceByGray(folder.path, -1);
  const resumed = await run(folder.path, { frames: 1 });
  assert.equal(resumed.events.filter(({ type }) => type === "iteration").length, 2);

  await using without = await temporaryFolder();
  await run(without.path, { stopAfter: 2 });
  await Deno.remove(instanceOf(without.path).state);
  await replaceByGray(without.path, -1);
  assert.deepEqual(resumed.frames, (await run(without.path, { frames: 1 })).frames);
});

Deno.test("frames can be added later, and only they are made", async () => {
  const whole = await runAlone({ frames: 5 });
  await using folder = await temporaryFolder();
  await run(folder.path, { frames: 2 });
  const longer = await run(folder.path, { frames: 5 });
  assert.deepEqual(longer.made, [2, 3, 4]);
  assert.deepEqual(longer.frames, whole.frames);
  const padding = [...Deno.readDirSync(instanceOf(folder.path).padding)];
  assert.deepEqual(padding, [], "padding frames are removed when frame 0 is finished");
});

Deno.test("targets of the next frame are read while a frame is optimized, each once, and none after the last", async () => {
  await using folder = await temporaryFolder();
  // Two iterations make frame -1; then the run is stopped within frame 0.
  const stopped = await run(folder.path, { stopAfter: 3 });
  assert.deepEqual(stopped.made, [-1]);
  assert.deepEqual(stopped.read["targets.spatial_texture.mixture.0.video"], [1, 0]);
  assert.deepEqual(stopped.read["color_transfer.video"], [1, 0]);
  const first = await runAlone({ stopAfter: 1 });
  assert.deepEqual(first.read["color_transfer.video"], [1, 0], "frame 0's are there before frame -1 is");
  const last = await runAlone({ frames: 1 });
  assert.deepEqual(last.read["color_transfer.video"], [1, 0]);
});

Deno.test("programs of octaves that only the first frame has are let go, and those of the others compiled once", async () => {
  const programs = async (octaves: SynthesisSettings["octaves"]) => {
    let [compiled, kept, inUse] = [0, 0, 0];
    const counted = (change: 1 | -1) => {
      kept += change;
      if (change === 1) compiled++;
    };
    const watch = (engine: Engine) => watchedEngine(engine, () => inUse = kept, counted);
    await runAlone({ settings: { ...settings, octaves }, watch });
    return { compiled, inUse, kept };
  };
  const alone = await programs(settings.octaves);
  assert.equal(alone.inUse, alone.compiled);
  const onlyFirst = settings.octaves.map((step) => ({ ...step, octave: 1, iterations: { "-1": 1, "0": 0 } }));
  assert.deepEqual(await programs([...onlyFirst, ...settings.octaves]), {
    compiled: 2 * alone.compiled,
    inUse: alone.inUse,
    kept: 0,
  });
});

Deno.test("a target that cannot be read ends the run where it is needed, not before", async () => {
  await using folder = await temporaryFolder();
  const whole = clip(8);
  const broken = {
    frames: 8,
    frame: (index: number) => index === 2 ? Promise.reject(new RunError("unreadable")) : whole.frame(index),
  };
  const inputs = { "color_transfer.video": broken };
  await assert.rejects(run(folder.path, { frames: 4, inputs }), /unreadable/);
  const records = await readFrameRecords(instanceOf(folder.path).frameRecords);
  assert.deepEqual([...records.keys()], [-2, -1, 0, 1]);
});

Deno.test("a frame that cannot be written ends the run before the next is begun", async () => {
  await using folder = await temporaryFolder();
  const { frames, frameRecords } = instanceOf(folder.path);
  // No file can take the place of a folder.
  await Deno.mkdir(join(frames, "000001.npy"), { recursive: true });
  await assert.rejects(run(folder.path, { frames: 4 }), /cannot write .*000001\.npy/);
  assert.deepEqual([...(await readFrameRecords(frameRecords)).keys()], [-2, -1, 0]);
});

Deno.test("a damaged frame is made again, and the later ones stay when its bytes are the same", async () => {
  await using folder = await temporaryFolder();
  const whole = await run(folder.path, { frames: 4 });
  await Deno.writeTextFile(join(instanceOf(folder.path).frames, "000001.npy"), "damage");
  const repaired = await run(folder.path, { frames: 4 });
  assert.deepEqual(repaired.made, [1]);
  assert.deepEqual(repaired.frames, whole.frames);
});

Deno.test("a finished synthesis opens no engine", async () => {
  await using folder = await temporaryFolder();
  await run(folder.path, { frames: 1 });
  const again = await run(folder.path, { frames: 1 });
  assert.equal(again.openedEngine, false);
  assert.deepEqual(again.events, []);
});

Deno.test("a warning is given once, not for each frame", async () => {
  const flat = { ...noIterations, start_from: "gray", blend: 1 };
  const { events } = await runAlone({ settings: flat });
  const warnings = events.flatMap((event) =>
    event.type === "warning" ? [`${event.where}: ${event.text}`] : []
  );
  assert.ok(events.filter(({ type }) => type === "octave.started").length > 1);
  assert.equal(warnings.filter((text) => text.includes("total_variation")).length, 1, warnings.join("\n"));
});
