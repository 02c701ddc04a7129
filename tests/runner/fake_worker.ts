/**
 * A worker for tests of the runner: its one kind writes small frames as its settings say, and fails in every way that a stage can.
 */
import { z } from "zod";
import type { Engine, EngineOptions } from "../../lib/engines/engine.ts";
import { MissingError, RunError, WorkflowError } from "../../lib/errors.ts";
import { serveInstance } from "../../lib/runner/serve_instance.ts";
import type { StageContext } from "../../lib/plan/stage_kind.ts";
import { noPredictor } from "../models/no_predictor.ts";

/** Settings of the fake kind. */
export const fakeSettingsSchema = z.object({
  /** Milliseconds that a frame takes without giving the worker's thread free. */
  busy: z.number().default(0),
  /** Milliseconds that a frame takes. */
  delay: z.number().default(0),
  seed: z.number().default(1),
  /** Opens the engine. */
  computes: z.boolean().default(false),
  fail: z.enum(["workflow", "missing", "run", "bug", "memory", "later", "few"]).optional(),
});
export type FakeSettings = z.infer<typeof fakeSettingsSchema>;

function fail(how: FakeSettings["fail"]): void {
  switch (how) {
    case "workflow":
      throw new WorkflowError("the workflow is wrong");
    case "missing":
      throw new MissingError("the weights are missing");
    case "run":
      throw new RunError("a loss became NaN");
    case "bug":
      throw new TypeError("oops");
    case "memory":
      new Float32Array(2 ** 50);
      return;
    case "later":
      setTimeout(() => {
        throw new TypeError("oops, later");
      });
  }
}

async function run(settings: unknown, context: StageContext): Promise<void> {
  const { busy, delay, seed, computes, fail: how } = fakeSettingsSchema.parse(settings);
  if (computes) await context.engine();
  const frames = context.artifact.made === "video" ? context.artifact.video.frames : 0;
  const inputs = await Promise.all(Object.values(context.inputs).map(({ frame }) => frame(0)));
  const offset = inputs.reduce((sum, { data }) => sum + (data[0] ?? 0), 0);
  fail(how);
  for (let frame = await context.store.finishedFrames(0); frame < frames; frame++) {
    if (context.stopRequested() || how === "few") return;
    const started = performance.now();
    while (performance.now() - started < busy);
    await new Promise((resolve) => setTimeout(resolve, delay));
    context.emit({
      type: "iteration",
      frame,
      octave: 0,
      iteration: 10,
      iterations: 10,
      losses: { fake: frame },
      gradient_std: 1,
      seconds: 0,
    });
    const before = frame === 0 ? seed + offset : (await context.store.readFrame(frame - 1)).data[0] ?? 0;
    const data = new Float32Array(12).fill(before * 0.5 + frame);
    await context.store.writeFrame(frame, { shape: [2, 2, 3], data }, { seconds: 0.5, iterations: 10 });
    context.emit({ type: "frame.finished", frame, of: frames, seconds: 0 });
  }
}

serveInstance({
  loadRun: () => Promise.resolve(run),
  openModels: () => ({
    ...noPredictor,
    open: (name) => Promise.reject(new MissingError(`no model ${name}`)),
  }),
  openEngine: (options) => Promise.resolve(fakeEngine(options)),
});

/** One of a machine with several devices; it computes nothing. */
function fakeEngine({ device = 0, threads = 1 }: EngineOptions): Engine {
  return {
    identity: {
      name: "onnxruntime",
      version: "1",
      provider: "fake",
      device: `device ${device}`,
      precision: "float32",
      threads,
      convolution: "direct",
      arithmetic: 1,
    },
    compile: () => Promise.reject(new Error("nothing is compiled")),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
