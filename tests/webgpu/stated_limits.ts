/**
 * How large differences between engines may be, as docs/engines.md tells users.
 * @module
 */

/** By what is compared: the rows of the table of differences whose first cell is the engine's. */
export async function statedLimits(engine: string): Promise<ReadonlyMap<string, number>> {
  const text = await Deno.readTextFile(new URL("../../docs/engines.md", import.meta.url));
  const rows = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(
    rows.filter(([, first]) => first === engine).map(([, , what = "", limit]) => [what, Number(limit)]),
  );
}
