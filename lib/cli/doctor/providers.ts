/**
 * ONNX Runtime's providers beside the processor's: which are here, and whether they compute what they should.
 * @module
 */
import { builtProviders, type ProviderName } from "../../engines/platforms.ts";
import type { Diagnosis, Examination } from "./diagnosis.ts";
import { tryApart } from "./try_apart.ts";

/** One for each that ONNX Runtime is built with on this platform. */
export const providerExaminations: readonly Examination[] = builtProviders(Deno.build)
  .filter((name) => name !== "cpu")
  .map((name) => ({ what: `provider ${name}`, fix: "", look: () => lookAt(name) }));

async function lookAt(name: ProviderName): Promise<Omit<Diagnosis, "what">> {
  const trial = await tryApart({ engine: "onnxruntime", provider: name });
  if (trial.computes) {
    const float16 = trial.float16 ? ", float16 too" : "";
    return {
      state: "ok",
      found:
        `--provider ${name} computes on ${trial.device}: a small network and its gradient are right${float16}`,
    };
  }
  const [reason = "", ...more] = trial.reason.split("\n");
  const fix = more.map((line) => line.trim()).join(" ");
  const isWanted = await hasGpuFor(name) || reason.includes("its library does not load");
  if (isWanted) return { state: "warning", found: reason, ...(fix !== "" && { fix }) };
  // Nothing is wrong where there is no such GPU.
  const [line] = more;
  return {
    state: "ok",
    found: `not to be had: ${reason}${line?.startsWith("  ") ? `: ${line.trim()}` : ""}`,
  };
}

/** Whether this machine has the GPU that a provider is for, as far as its driver tells. */
async function hasGpuFor(name: string): Promise<boolean> {
  if (name !== "cuda" && name !== "tensorrt") return false;
  return await Deno.stat("/proc/driver/nvidia").then(() => true, () => false);
}
