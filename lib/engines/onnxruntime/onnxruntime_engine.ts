/**
 * The engine for real renders: ONNX Runtime on the CPU.
 * @module
 */
import { env, InferenceSession } from "onnxruntime-node";
import { cpus } from "node:os";
import { MissingError } from "../../errors.ts";
import { arithmetic } from "../arithmetic.ts";
import type { Engine, EngineOptions } from "../engine.ts";
import { defaultThreads } from "../threads.ts";
import { openForeignModel } from "./foreign_model.ts";
import { createProgram } from "./program.ts";
import { writeModel } from "./write_model.ts";

/** Opens ONNX Runtime. Its threads are those of each program, so that nothing is held until one is compiled. */
export function openOnnxRuntimeEngine(options: EngineOptions = {}): Promise<Engine> {
  const provider = options.provider ?? "cpu";
  if (provider !== "cpu") throw new MissingError(`the provider ${provider} is not in this version yet`);
  const threads = options.threads ?? defaultThreads();
  const convolution = options.exact === true ? "direct" : "winograd";
  const opened = new Set<AsyncDisposable>();
  return Promise.resolve({
    identity: {
      name: "onnxruntime",
      version: env.versions.node ?? env.versions.common,
      provider: "cpu",
      device: cpus()[0]?.model.trim() ?? "unknown",
      precision: "float32",
      threads,
      convolution,
      arithmetic,
    },
    async compile(graph) {
      const { model, ...written } = writeModel(graph, convolution);
      const session = await InferenceSession.create(model, sessionOptions(threads));
      const program = createProgram(graph, session, written, () => opened.delete(program));
      opened.add(program);
      return program;
    },
    async openModel(model) {
      const session = await openForeignModel(
        model,
        sessionOptions(threads),
        (session) => opened.delete(session),
      );
      opened.add(session);
      return session;
    },
    async [Symbol.asyncDispose]() {
      for (const resource of opened) await resource[Symbol.asyncDispose]();
    },
  });
}

/** How sessions are set up, those of profiles too. */
export function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // A plan of the memory from the first run would be kept beside what that run took: twice the memory, no faster.
    enableMemPattern: false,
    // It would print errors, which are thrown as well, and warnings of a file that no user of ours wrote.
    logSeverityLevel: 4,
    // Threads that wait for the next run must not take the processor from what happens between runs.
    extra: {
      session: { force_spinning_stop: "1" },
      // It would move our copies behind the steps for which they are made.
      optimization: { disable_specified_optimizers: "TransposeOptimizer" },
    },
  };
}
