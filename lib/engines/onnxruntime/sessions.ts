/**
 * How inference sessions are set up.
 * @module
 */
import { InferenceSession } from "onnxruntime-node";
import { runFailure } from "../run_failure.ts";
import { providers } from "./providers/providers.ts";
import type { ProviderName } from "../platforms.ts";

/** What computes in a session. */
export interface SessionChoices {
  readonly provider: ProviderName;
  readonly device: number;
  readonly threads: number;
}

/** How sessions of our graphs are set up, those of profiles too. */
export function sessionOptions(
  { provider, device, threads }: SessionChoices,
): InferenceSession.SessionOptions {
  const { sessions, isWhole } = providers[provider];
  return {
    executionProviders: sessions(device),
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // A plan of the memory from the first run would be kept beside what that run took: twice the memory, no faster.
    enableMemPattern: false,
    // It would print errors, which are thrown as well, and warnings of a file that no user of ours wrote.
    logSeverityLevel: 4,
    extra: {
      session: {
        // Threads that wait for the next run must not take the processor from what happens between runs.
        force_spinning_stop: "1",
        // What a provider lacks would be computed by the processor, slowly, and nobody would know.
        ...(isWhole && { disable_cpu_ep_fallback: "1" }),
      },
      // It would move our copies behind the steps for which they are made.
      optimization: { disable_specified_optimizers: "TransposeOptimizer" },
    },
  };
}

/** Opens a session of a model that we wrote. Throws a RunError with ONNX Runtime's reason when it cannot. */
export async function openSession(
  model: Uint8Array,
  choices: SessionChoices,
  more: Partial<InferenceSession.SessionOptions> = {},
): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(model, { ...sessionOptions(choices), ...more });
  } catch (cause) {
    throw runFailure(`ONNX Runtime's provider ${choices.provider} opens no session`, reasonOf(cause), cause);
  }
}

/** Runs a session. Throws a RunError with ONNX Runtime's reason when it cannot. */
export async function runSession(
  session: InferenceSession,
  feeds: InferenceSession.FeedsType,
): Promise<InferenceSession.ReturnType> {
  try {
    return await session.run(feeds);
  } catch (cause) {
    throw runFailure("ONNX Runtime could not compute", reasonOf(cause), cause);
  }
}

/** The first line of ONNX Runtime's message, without the places in its source. */
export function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [line = ""] = text.split("\n", 1);
  const ofLibrary = line.match(/\b(?:CUDA|CUDNN|CUBLAS) failure \d+: [^;]*[^; ]/)?.[0];
  return ofLibrary ?? line.replace(/^\/\S+:\d+ .*? was false\. /, "");
}
