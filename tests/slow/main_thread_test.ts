import assert from "node:assert/strict";
import { benchOf, runProgram } from "../program/program.ts";
import { sharedPath } from "../shared_data.ts";

const weights = sharedPath("weights");

const workflow = `metamer: 1
videos:
  clip: { generate: dead_leaves, height: 360, width: 640, frames: 3 }
stages:
  metamer:
    kind: synthesis
    targets: { spatial_texture: clip, temporal_texture: clip }
    octaves: { steps: [{ octave: 0, iterations: 2, learning_rate: 0.01, total_variation: 0.1 }] }
    padding: 1
    frames: 1
`;

Deno.test({
  name: "the main thread answers within 300 ms during iterations of VGG-19 and MSOE at 360 x 640",
  ignore: weights === undefined,
  async fn() {
    await using place = await benchOf(runProgram);
    const events = await place.events(await place.write("a.yaml", workflow), "--weights", weights ?? "");
    const iterations = events.flatMap((event) => event.type === "iteration" ? [event.seconds] : []);
    // An iteration that is shorter would prove nothing.
    assert(Math.max(...iterations) > 0.3, `iterations took ${iterations} s`);
    const pauses = events.flatMap((event) => event.type === "run.finished" ? [event.longest_pause_ms] : []);
    assert(Math.max(...pauses) < 300, `the main thread was kept for ${pauses} ms`);
  },
});
