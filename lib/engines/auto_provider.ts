/**
 * Which of ONNX Runtime's providers `auto` is.
 * @module
 */
import { isUserError } from "../errors.ts";
import type { Engine, EngineOpener, EngineOptions } from "./engine.ts";
import type { ProviderName } from "./platforms.ts";
import { differenceOf, mostOff, mostOffInFloat16, secondsOf } from "./trial.ts";

/**
 * In this order; tensorrt, which compiles each graph for minutes, and coreml and directml, which compute nothing that webgpu does not
 * on their machines, are chosen by name alone.
 */
const order: readonly ProviderName[] = ["cuda", "webgpu"];

/** What was chosen. */
export interface ChosenProvider {
  readonly provider: ProviderName;
  /** Why not those before it, in a line each. */
  readonly passedOver: readonly string[];
}

/**
 * The first provider that is on this machine, computes a small gradient as the reference engine does, and is faster than the
 * processor, which a graphics adapter made of software is not; else the processor. Throws what is no failure of a provider.
 */
export async function chooseProvider(options: EngineOptions, open: EngineOpener): Promise<ChosenProvider> {
  const passedOver: string[] = [];
  for (const provider of order) {
    const problem = await attempt({ ...options, provider }, open);
    if (problem === undefined) return { provider, passedOver };
    passedOver.push(`${provider}: ${problem.split("\n", 1)[0]}`);
  }
  return { provider: "cpu", passedOver };
}

/** Why it is not to be used, in words. */
async function attempt(options: EngineOptions, open: EngineOpener): Promise<string | undefined> {
  try {
    await using engine = await open(options);
    await using judge = await open({ engine: "reference" });
    const difference = await differenceOf(engine, judge);
    if (!(difference <= (options.precision === "float16" ? mostOffInFloat16 : mostOff))) {
      return `a small gradient is off by ${difference.toExponential(1)}`;
    }
    return await isFasterThanProcessor(engine, options, open) ? undefined : "slower here than the processor";
  } catch (error) {
    if (isUserError(error)) return error.message;
    throw error;
  }
}

async function isFasterThanProcessor(
  engine: Engine,
  { threads }: EngineOptions,
  open: EngineOpener,
): Promise<boolean> {
  await using processor = await open({ provider: "cpu", ...(threads !== undefined && { threads }) });
  return await secondsOf(engine) < await secondsOf(processor);
}
