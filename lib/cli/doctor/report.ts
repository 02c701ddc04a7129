/**
 * What the doctor found, for people.
 * @module
 */
import { tableLines } from "../display/table.ts";
import { invocation } from "../invocation.ts";
import { type Diagnosis, isHealthy } from "./diagnosis.ts";

/** One line per diagnosis, below it the line that mends it; at the end whether Metamer can run. */
export function describeDiagnoses(diagnoses: readonly Diagnosis[]): string {
  const rows = diagnoses.map(({ state, what, found }) => [state, what, found]);
  const [, ...lines] = tableLines(["state", "what", "found"], rows);
  const report = diagnoses.flatMap(({ fix, state }, index) => {
    const line = lines[index] ?? "";
    return fix === undefined || fix === "" || state === "ok" ? [line] : [line, `         fix: ${fix}`];
  });
  const warnings = diagnoses.filter(({ state }) => state === "warning").length;
  const end = isHealthy(diagnoses)
    ? `All that is needed works${
      warnings === 0 ? "" : `; ${warnings === 1 ? "one warning" : `${warnings} warnings`}`
    }. ` +
      `A first stimulus:\n  ${invocation()} run workflows/quickstart.yaml`
    : "Something that is needed is missing: see the lines that begin with missing.";
  const network = "The network was not tested; only weights that are not here are fetched.";
  return [...report, "", network, end].join("\n");
}
