import assert from "node:assert/strict";
import type { StageEvent } from "../../../lib/store/events.ts";
import type { SynthesisSettings } from "../../../lib/synthesis/settings.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { instanceOf, type Outcome, run, type RunOptions, settings } from "./stage.ts";

const optimizers: readonly SynthesisSettings["optimizer"][] = [
  { name: "descent", normalize_gradient: true },
  { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  { name: "lbfgs", history: 3 },
];

/** One frame behind one of noise, in two octaves of six iterations. */
const oneFrame: RunOptions & { readonly settings: SynthesisSettings } = {
  settings: {
    ...settings,
    octaves: [-1, 0].map((octave) => (
      { octave, scale: 1.2, iterations: 6, learning_rate: 0.01, total_variation: 0 }
    )),
    padding: { frames: 1, order: "mirrored" },
  },
  frames: 1,
};

async function runAlone(options: RunOptions): Promise<Outcome> {
  await using folder = await temporaryFolder();
  return await run(folder.path, options);
}

/** Makes a checkpoint every third iteration: each takes ten seconds. */
function everyThirdIteration(): Pick<RunOptions, "checkpoints" | "onEvent"> {
  let seconds = 0;
  return {
    checkpoints: { every: 30, now: () => 1000 * seconds },
    onEvent: ({ type }) => void (seconds += type === "iteration" ? 10 : 0),
  };
}

/** Ends a run at an event, as a kill would. */
async function killAt(runs: string, options: RunOptions, isTheMoment: (event: StageEvent) => boolean) {
  const killed = run(runs, {
    ...options,
    onEvent(event) {
      options.onEvent?.(event);
      if (isTheMoment(event)) throw new Error("killed");
    },
  });
  await assert.rejects(killed, /^Error: killed$/);
}

/** Where checkpoints were made: octave and iterations of it that are done. */
function placesOf({ saved }: Outcome): readonly unknown[] {
  return saved.map((event) => event.type === "checkpoint.saved" ? [event.octave, event.iteration] : event);
}

/** Where the frame went on; undefined when it was begun. */
function resumedAt({ events }: Outcome): readonly number[] | undefined {
  const resumed = events.find(({ type }) => type === "frame.resumed");
  return resumed?.type === "frame.resumed" ? [resumed.octave, resumed.iteration] : undefined;
}

function iterationsOf({ events }: Outcome): number {
  return events.filter(({ type }) => type === "iteration").length;
}

function warningsOf({ events }: Outcome): readonly string[] {
  return events.flatMap((event) => event.type === "warning" ? [event.text] : []);
}

Deno.test("there is a checkpoint at each octave's end, and one each time the interval has passed", async () => {
  assert.deepEqual(placesOf(await runAlone(oneFrame)), [[-1, 6], [0, 6]]);
  const often = await runAlone({ ...oneFrame, ...everyThirdIteration() });
  assert.deepEqual(placesOf(often), [[-1, 3], [-1, 6], [0, 3], [0, 6]]);
});

for (const optimizer of optimizers) {
  const chosen = { ...oneFrame, settings: { ...oneFrame.settings, optimizer } };

  Deno.test(`killed anywhere, a frame goes on from the checkpoint before to the same bytes (${optimizer.name})`, async () => {
    const whole = await runAlone(chosen);
    for (const kill of [1, 3, 4, 8, 12]) {
      await using folder = await temporaryFolder();
      let iterations = 0;
      await killAt(folder.path, { ...chosen, ...everyThirdIteration() }, ({ type }) => {
        return type === "iteration" && ++iterations === kill;
      });
      const resumed = await run(folder.path, chosen);
      assert.deepEqual(resumed.frames, whole.frames, `killed at iteration ${kill}`);
      // The kill comes before the checkpoint of that iteration.
      const saved = 3 * Math.floor((kill - 1) / 3);
      assert.equal(iterationsOf(resumed), 12 - saved, `killed at iteration ${kill}`);
    }
  });

  Deno.test(`from an octave's end no iteration of it is made again (${optimizer.name})`, async () => {
    const whole = await runAlone(chosen);
    for (const octave of [-1, 0]) {
      await using folder = await temporaryFolder();
      await killAt(folder.path, chosen, (event) => {
        return event.type === "octave.finished" && event.octave === octave;
      });
      const resumed = await run(folder.path, chosen);
      assert.deepEqual(resumedAt(resumed), [octave, 6]);
      assert.deepEqual(resumed.frames, whole.frames);
      assert.equal(iterationsOf(resumed), octave === -1 ? 6 : 0);
    }
  });
}

Deno.test("a checkpoint at an octave's end holds no more of L-BFGS than the best frame", async () => {
  const lbfgs: RunOptions = {
    ...oneFrame,
    settings: { ...oneFrame.settings, optimizer: { name: "lbfgs", history: 10 } },
  };
  const { saved } = await runAlone({ ...lbfgs, ...everyThirdIteration() });
  const [, , inside, end] = saved.map((event) => event.type === "checkpoint.saved" ? event.bytes : NaN);
  assert.ok(Number(end) < Number(inside), `${inside} bytes inside, ${end} at the end`);
});

const damages: readonly { readonly what: string; readonly damage: (path: string) => Promise<void> }[] = [
  {
    what: "damaged",
    async damage(path) {
      const bytes = await Deno.readFile(path);
      bytes.fill(1, bytes.length / 2, bytes.length / 2 + 40);
      await Deno.writeFile(path, bytes);
    },
  },
  { what: "cut short", damage: (path) => Deno.truncate(path, 1000) },
  {
    what: "of another version",
    async damage(path) {
      const bytes = await Deno.readFile(path);
      const text = new TextDecoder("latin1").decode(bytes);
      assert.match(text, /\{"v":1,"frame"/);
      await Deno.writeFile(
        path,
        Uint8Array.from(text.replace('{"v":1,', '{"v":9,'), (one) => one.charCodeAt(0)),
      );
    },
  },
];

for (const { what, damage } of damages) {
  Deno.test(`when the newest checkpoint is ${what}, the frame goes on from the one before and says so`, async () => {
    const whole = await runAlone(oneFrame);
    await using folder = await temporaryFolder();
    await run(folder.path, { ...oneFrame, ...everyThirdIteration(), stopAfter: 5 });
    await damage(instanceOf(folder.path).state);
    const resumed = await run(folder.path, { ...oneFrame, stopAfter: 2 });
    assert.deepEqual(resumedAt(resumed), [-1, 3]);
    assert.deepEqual(warningsOf(resumed), [
      "state.npz is damaged or of another version: frame 0 goes on from the checkpoint before it, " +
      "after iteration 3 of octave -1",
    ]);
    // The damaged one did not become the one before.
    await damage(instanceOf(folder.path).state);
    const again = await run(folder.path, oneFrame);
    assert.deepEqual(resumedAt(again), [-1, 3]);
    assert.deepEqual(again.frames, whole.frames);
  });

  Deno.test(`when both checkpoints are ${what}, the frame is made anew and says so`, async () => {
    const whole = await runAlone(oneFrame);
    await using folder = await temporaryFolder();
    await run(folder.path, { ...oneFrame, ...everyThirdIteration(), stopAfter: 5 });
    const { state, previousState } = instanceOf(folder.path);
    for (const path of [state, previousState]) await damage(path);
    const resumed = await run(folder.path, oneFrame);
    assert.equal(iterationsOf(resumed), 12);
    assert.deepEqual(warningsOf(resumed), [
      "state.npz and state.previous.npz are damaged or of another version: frame 0 is made anew",
    ]);
    assert.deepEqual(resumed.frames, whole.frames);
  });
}
