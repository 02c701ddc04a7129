/**
 * TensorFlow.js's backends: whether those that somebody has installed compute what they should.
 * @module
 */
import { backendNames } from "../../engines/choices.ts";
import type { Diagnosis, Examination } from "./diagnosis.ts";
import { tryApart } from "./try_apart.ts";

type Finding = Omit<Diagnosis, "what">;

/** One for each backend, or, where nothing of TensorFlow.js is installed, one that says so. */
export async function backendExaminations(): Promise<readonly Examination[]> {
  const packages = new URL("../../../tensorflow/node_modules/@tensorflow/tfjs", import.meta.url);
  if (!await Deno.stat(packages).then(() => true, () => false)) {
    return [{ what: "engine tensorflow", fix: "", look: () => Promise.resolve(notInstalled) }];
  }
  return backendNames.filter((name) => name !== "auto")
    .map((name) => ({ what: `backend ${name}`, fix: "", look: () => lookAt(name) }));
}

const notInstalled: Finding = {
  state: "ok",
  found: "not installed, and needed only by who asks for it: --engine tensorflow says how",
};

async function lookAt(backend: (typeof backendNames)[number]): Promise<Finding> {
  const trial = await tryApart({ engine: "tensorflow", backend });
  if (trial.computes) {
    const found = `--engine tensorflow --backend ${backend} computes on ${trial.device}`;
    return { state: "ok", found: `${found}: a small network and its gradient are right` };
  }
  const [reason = "", ...more] = trial.reason.split("\n");
  // Who has installed one backend wants no other.
  if (reason.endsWith("is not installed")) return { state: "ok", found: `not to be had: ${reason}` };
  return { state: "warning", found: reason, ...(more.length > 0 && { fix: more.join(" ") }) };
}
