/**
 * One suite that every engine runs. What an engine cannot do is listed by the name of the test, with a reason.
 * @module
 */
import assert from "node:assert/strict";
import type { EngineOpener } from "../../lib/engines/engine.ts";
import type { ConformanceCase } from "./conformance_case.ts";
import { networkCases } from "./network_cases.ts";
import { operationCases } from "./operation_cases.ts";
import { programCases } from "./program_cases.ts";
import { tieCases } from "./tie_cases.ts";

const cases: readonly ConformanceCase[] = [
  ...operationCases(),
  ...tieCases,
  ...networkCases,
  ...programCases,
];

/**
 * Registers one test for each case.
 * @param exceptions reasons by the names of the cases that this engine cannot do; one that passes all the same fails
 */
export function conformanceSuite(
  engineName: string,
  open: EngineOpener,
  exceptions: Readonly<Record<string, string>> = {},
): void {
  const unknown = Object.keys(exceptions).filter((name) => !cases.some((known) => known.name === name));
  if (unknown.length > 0) {
    throw new Error(`${engineName}: no conformance case is named ${unknown.join(" or ")}`);
  }
  for (const { name, run } of cases) {
    const reason = exceptions[name];
    const attempt = async (): Promise<void> => {
      await using engine = await open({});
      await run(engine);
    };
    if (reason === undefined) Deno.test(`${engineName}: ${name}`, attempt);
    else Deno.test(`${engineName} fails, since ${reason}: ${name}`, () => assert.rejects(attempt));
  }
}
