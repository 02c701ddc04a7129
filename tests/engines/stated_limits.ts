/**
 * How large differences between engines may be, as docs/engines.md tells users.
 * @module
 */
import assert from "node:assert/strict";

/** Prints rows of the table of differences and asserts that they are as docs/engines.md states them. */
export async function assertAsStated(
  engine: string,
  differences: Readonly<Record<string, number>>,
): Promise<void> {
  const limits = await statedLimits(engine);
  for (const [what, difference] of Object.entries(differences)) {
    console.log(`| ${engine} | ${what} | ${difference.toExponential(1)} |`);
    const limit = limits.get(what) ?? NaN;
    assert.ok(
      difference <= limit,
      `${what}: ${difference.toExponential(1)}, docs/engines.md states ${limit}`,
    );
  }
}

/** By what is compared: the rows of the table of differences whose first cell is the engine's. */
async function statedLimits(engine: string): Promise<ReadonlyMap<string, number>> {
  const text = await Deno.readTextFile(new URL("../../docs/engines.md", import.meta.url));
  const rows = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(
    rows.filter(([, first]) => first === engine).map(([, , what = "", , limit]) => [what, Number(limit)]),
  );
}
