/**
 * Engines: whether they load, and whether they compute what they should.
 * @module
 */
import { differenceOf, mostOff } from "../../engines/trial.ts";
import { reinstall } from "./commands.ts";
import type { Diagnosis, Examination } from "./diagnosis.ts";

/** One for each engine. */
export const engineExaminations: readonly Examination[] = [
  { what: "engine onnxruntime", fix: reinstall, look: lookAtOnnxRuntime },
  { what: "engine reference", fix: reinstall, look: lookAtReference },
];

async function lookAtOnnxRuntime(): Promise<Omit<Diagnosis, "what">> {
  const { openEngine } = await import("../../engines/open.ts");
  await using engine = await openEngine({ engine: "onnxruntime" });
  await using judge = await openEngine({ engine: "reference" });
  const { version, provider, device, threads } = engine.identity;
  const who = `${version}, ${provider} on ${device}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
  const difference = await differenceOf(engine, judge);
  return difference <= mostOff
    ? { state: "ok", found: `${who}; a small network and its gradient are right` }
    : { state: "missing", found: `${who}; a small network is off by ${difference}`, fix: reinstall };
}

async function lookAtReference(): Promise<Omit<Diagnosis, "what">> {
  const { openEngine } = await import("../../engines/open.ts");
  await using _ = await openEngine({ engine: "reference" });
  return { state: "ok", found: "for checks: --engine reference computes slowly, in 64 bits" };
}
