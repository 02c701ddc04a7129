/**
 * `octaves: fast` beside `octaves: paper` on a real clip with both real streams, at 90 x 212: about ten minutes on two cores.
 * Two frames, each made by both from the same state, which fast has reached from noise. At 160 x 376 no loss is higher than
 * the paper's (bench/README.md has the shares); at this size, which is a quarter of it, those of the second frame are by up
 * to 6 %.
 */
import assert from "node:assert/strict";
import { openEngine } from "../../lib/engines/open.ts";
import { blend } from "../../lib/frames/blend.ts";
import { frameFromBytes } from "../../lib/frames/bytes.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { type NoisePurpose, uniformNoise } from "../../lib/frames/noise.ts";
import { createModelLibrary } from "../../lib/models/model_library.ts";
import { synthesisSchema } from "../../lib/stages/synthesis/schema.ts";
import { evaluateTermsWith } from "../../lib/synthesis/evaluate_terms.ts";
import { octaveSteps } from "../../lib/synthesis/octaves.ts";
import { termNames } from "../../lib/synthesis/settings.ts";
import { synthesizeTransitionWith } from "../../lib/synthesis/synthesize_transition.ts";
import { sharedPath } from "../shared_data.ts";
import { decoded } from "../video/clips.ts";

const clip = sharedPath("clips/traffic_640x272.mp4");
const weights = sharedPath("weights");
const size = { height: 90, width: 212 };

/** What a frame is made from. */
interface Start {
  readonly time: number;
  readonly previous: Frame;
  readonly start: Frame;
}

const noise = (frame: number, purpose: NoisePurpose) =>
  uniformNoise({ seed: 1, frame, purpose }, size.height, size.width);

Deno.test({
  name: "fast comes as near as the paper's schedule in every term, with at most a third of the evaluations",
  ignore: clip === undefined || weights === undefined,
  async fn() {
    await using engine = await openEngine({ engine: "onnxruntime" });
    const machinery = { engine, models: createModelLibrary({ weightsFolder: weights ?? "", offline: true }) };
    const natural = (await decoded(clip ?? "", { count: 6, size })).map((bytes) =>
      frameFromBytes(bytes, size.height, size.width)
    );

    /** The padding runs backwards into frame 0. */
    function targetsAt(time: number) {
      const [current, previous] = [natural[-time], natural[1 - time]];
      assert.ok(current && previous);
      const target = { current, previous };
      return { spatial_texture: target, temporal_texture: target };
    }

    async function made(preset: "paper" | "fast", { time, previous, start }: Start) {
      const targets = targetsAt(time);
      const settings = synthesisSchema.parse({ targets: { spatial_texture: "clip" }, octaves: preset });
      const octaves = octaveSteps(settings.octaves, time);
      const { frame, octaves: results } = await synthesizeTransitionWith(machinery, {
        previous,
        start,
        targets,
        octaves,
        optimizer: settings.optimizer,
        colorTransfer: { target: targets.spatial_texture.current },
      });
      const minimized = results.at(-1)?.endFrame;
      assert.ok(minimized);
      const lossesOf = async (current: Frame): Promise<Readonly<Record<string, number>>> => {
        const found = await evaluateTermsWith(machinery, { previous, current, targets });
        return Object.fromEntries(termNames.flatMap((term) => {
          const evaluated = found[term];
          return evaluated === undefined ? [] : [[term, evaluated.loss]];
        }));
      };
      return {
        frame,
        evaluations: octaves.reduce((sum, { iterations }) => sum + iterations, 0),
        minimized: await lossesOf(minimized),
        finished: await lossesOf(frame),
      };
    }

    const ratios: { readonly name: string; readonly ratio: number }[] = [];

    /** Compares the frame after `previous`; that which fast makes comes back. */
    async function compare(time: number, previous: Frame): Promise<Frame> {
      const state = { time, previous, start: blend(previous, noise(time, "blend"), 0.95) };
      const [paper, fast] = [await made("paper", state), await made("fast", state)];
      for (const stage of ["minimized", "finished"] as const) {
        for (const [term, loss] of Object.entries(paper[stage])) {
          const ratio = (fast[stage][term] ?? NaN) / loss;
          console.log(`frame ${time}, ${stage}: ${term} is ${ratio.toFixed(3)} of the paper's`);
          ratios.push({ name: `${term} at ${time}, ${stage}`, ratio });
        }
      }
      assert.ok(fast.evaluations <= paper.evaluations / 3, `${fast.evaluations} of ${paper.evaluations}`);
      return fast.frame;
    }

    const first = await made("fast", {
      time: -4,
      previous: noise(-5, "firstFrame"),
      start: noise(-4, "firstStart"),
    });
    assert.ok(first.evaluations <= 2000 / 3, `${first.evaluations}`);
    await compare(-2, await compare(-3, first.frame));
    for (const { name, ratio } of ratios) assert.ok(ratio <= 1.07, `${name}: ${ratio}`);
  },
});
