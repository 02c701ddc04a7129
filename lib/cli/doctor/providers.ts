/**
 * ONNX Runtime's providers beside the processor's: which are here, and whether they compute what they should.
 * @module
 */
import { fileURLToPath } from "node:url";
import { builtProviders } from "../../engines/platforms.ts";
import type { Diagnosis, Examination } from "./diagnosis.ts";
import { librariesAreElsewhere } from "../loader_variables.ts";
import { type Trial, trialSchema, tryProvider } from "./probe_provider.ts";

/** One for each that ONNX Runtime is built with on this platform. */
export const providerExaminations: readonly Examination[] = builtProviders(Deno.build)
  .filter((name) => name !== "cpu")
  .map((name) => ({ what: `provider ${name}`, fix: "", look: () => lookAt(name) }));

async function lookAt(name: string): Promise<Omit<Diagnosis, "what">> {
  const trial = await tried(name);
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

/** In a process of its own, but where that would not find the libraries that this one finds. */
async function tried(name: string): Promise<Trial> {
  if (librariesAreElsewhere()) return await tryProvider(name);
  const command = new Deno.Command("deno", {
    args: [
      ...["run", "--quiet", "--no-prompt", "-P=probe", "--config"],
      fileURLToPath(new URL("../../../deno.json", import.meta.url)),
      fileURLToPath(new URL("probe_provider.ts", import.meta.url)),
      name,
    ],
    stdin: "null",
  });
  const { success, signal, code, stdout, stderr } = await command.output();
  if (success) return trialSchema.parse(JSON.parse(new TextDecoder().decode(stdout)));
  const last = new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "";
  const how = signal === null ? `ended with ${code}` : `was ended by ${signal}`;
  return { computes: false, reason: `the process that tried it ${how}${last === "" ? "" : `: ${last}`}` };
}
