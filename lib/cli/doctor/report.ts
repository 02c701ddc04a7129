/**
 * What the doctor found, for people.
 * @module
 */
import { textTable } from "../display/table.ts";
import { invocation } from "../invocation.ts";
import { type Finding, isHealthy } from "./finding.ts";

/** One line per finding, below it the line that mends it; at the end whether Metamer can run. */
export function describeFindings(findings: readonly Finding[]): string {
  const rows = findings.map(({ state, what, found }) => [state, what, found]);
  const lines = textTable(["state", "what", "found"], rows).split("\n").slice(1);
  const report = findings.flatMap(({ fix, state }, index) => {
    const line = lines[index] ?? "";
    return fix === undefined || fix === "" || state === "ok" ? [line] : [line, `         fix: ${fix}`];
  });
  const warnings = findings.filter(({ state }) => state === "warning").length;
  const end = isHealthy(findings)
    ? `All that is needed works${
      warnings === 0 ? "" : `; ${warnings === 1 ? "one warning" : `${warnings} warnings`}`
    }. ` +
      `A first stimulus:\n  ${invocation} run workflows/quickstart.yaml`
    : "Something that is needed is missing: see the lines that begin with missing.";
  const network = "The network was not tested; only weights that are not here are fetched.";
  return [...report, "", network, end].join("\n");
}
