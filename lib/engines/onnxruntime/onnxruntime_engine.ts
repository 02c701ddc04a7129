/**
 * The engine for real renders: ONNX Runtime, on the CPU or with another of its providers.
 * @module
 */
import { env } from "onnxruntime-node";
import type { Graph } from "../../graph/graph.ts";
import { createGraphBuilder } from "../../graph/graph_builder.ts";
import { constant, conv2d, input } from "../../graph/operations.ts";
import { MissingError, RunError } from "../../errors.ts";
import { arithmetic } from "../arithmetic.ts";
import type { Engine, EngineOptions } from "../engine.ts";
import type { ProviderName } from "../platforms.ts";
import { defaultThreads } from "../threads.ts";
import { openForeignModel } from "./foreign_model.ts";
import { createProgram } from "./program.ts";
import { requireBuilt } from "./providers/built.ts";
import { threadsOf } from "./providers/provider.ts";
import { providers } from "./providers/providers.ts";
import { openSession, type SessionChoices, sessionOptions } from "./sessions.ts";
import { Uploads } from "./uploads.ts";
import { writeModel } from "./write_model.ts";

/**
 * Opens ONNX Runtime, with the CPU where no provider is named; `auto` is chosen in `open.ts`. Its threads are those of each program,
 * so that nothing is held until one is compiled.
 * @throws {MissingError} when the provider, its library, its device, or float16 on it is not on this machine
 */
export async function openOnnxRuntimeEngine(options: EngineOptions = {}): Promise<Engine> {
  // Of all sessions of this process, and before the first one: errors are thrown as well, and told by us.
  env.logLevel = "fatal";
  const { device = 0, precision = "float32" } = options;
  const name = options.provider ?? "cpu";
  if (name === "auto") throw new Error("openOnnxRuntimeEngine: auto is to be chosen before");
  const provider = providers[name];
  const threads = threadsOf(provider, options, defaultThreads());
  const choices = { provider: name, device, threads };
  const convolution = options.exact === true ? "direct" : "winograd";
  const dialect = provider.dialect(convolution, precision);
  if (name !== "cpu") await requireProvider(name, choices, precision === "float16");
  const opened = new Set<AsyncDisposable>();
  const uploads = provider.keepsTensors ? new Uploads(choices) : undefined;
  return {
    identity: {
      name: "onnxruntime",
      version: env.versions.node ?? env.versions.common,
      provider: name,
      device: provider.deviceName(device),
      precision,
      threads,
      convolution: provider.convolution ?? convolution,
      arithmetic,
    },
    sendsBoundInputs: name !== "cpu" && !provider.keepsTensors,
    async compile(graph) {
      const { model, ...written } = writeModel(graph, dialect);
      const session = await openSession(model, choices);
      const program = createProgram(graph, session, written, {
        uploads,
        onDispose: () => opened.delete(program),
      });
      opened.add(program);
      return program;
    },
    async openModel(model) {
      const session = await openForeignModel(
        model,
        sessionOptions(choices),
        (session) => opened.delete(session),
      );
      opened.add(session);
      return session;
    },
    async [Symbol.asyncDispose]() {
      for (const resource of opened) await resource[Symbol.asyncDispose]();
      await uploads?.[Symbol.asyncDispose]();
    },
  };
}

/** The smallest graph that shows whether a provider computes at all, and in a precision. */
function trial(): Graph {
  const builder = createGraphBuilder();
  const kernel = constant(builder, new Array<number>(18).fill(1), [1, 2, 3, 3]);
  return builder.finish({ made: conv2d(input(builder, "x", [1, 2, 4, 4]), kernel) });
}

/** Throws MissingError when a session of the provider does not open and run on this machine. */
async function requireProvider(
  name: ProviderName,
  choices: SessionChoices,
  inFloat16: boolean,
): Promise<void> {
  requireBuilt(name);
  const { prepare, requireLibrary, whyNotLoaded, hint } = providers[name];
  await requireLibrary?.();
  prepare?.();
  await tryOut("float32");
  if (inFloat16) await tryOut("float16");

  async function tryOut(precision: "float32" | "float16"): Promise<void> {
    try {
      const { model, shared, channelsLastInputs } = writeModel(
        trial(),
        providers[name].dialect("direct", precision),
      );
      const session = await openSession(model, choices);
      await using program = createProgram(trial(), session, { shared, channelsLastInputs });
      await program.run({ x: { shape: [1, 2, 4, 4], data: new Float32Array(32).fill(1) } });
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      const reason = whyNotLoaded?.();
      if (reason !== undefined) throw new MissingError(reason, { cause: error });
      const what = precision === "float16" ? "float16 is not to be had here: " : "";
      throw new MissingError(`${what}${error.message}\n${hint}`, { cause: error });
    }
  }
}
