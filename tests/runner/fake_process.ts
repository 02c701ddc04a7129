/**
 * One of several processes on a store: a program for `many_processes_test.ts`. Makes a clip and six renders of it, and prints
 * its events, one JSON object per line.
 */
import { fakeInput, runFake } from "./fake_run.ts";

const [runs, frames = "3", delay = "20"] = Deno.args;
if (runs === undefined) throw new Error("usage: fake_process.ts RUNS [FRAMES] [DELAY]");
const settings = { delay: Number(delay) };
const renders = [1, 2, 3, 4, 5, 6].map((seed) => ({
  name: `render_${seed}`,
  frames: Number(frames),
  settings: { ...settings, seed },
  inputs: [fakeInput("clip", 2)],
}));
await runFake(runs, [{ name: "clip", frames: 2, settings }, ...renders], {
  show: (event) => console.log(JSON.stringify(event)),
});
