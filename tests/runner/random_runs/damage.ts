/** What can happen to a file on a disk. */

/** The ways. */
export const damages = ["deleted", "cut short", "changed by a bit"] as const;

/** What happens to a file, and where. */
export interface Damage {
  readonly how: typeof damages[number];
  /** Part of the file before that place, below 1. */
  readonly at: number;
  readonly bit: number;
}

/** Damages a file; false when it is too short for that. */
export async function damage(path: string, { how, at, bit }: Damage): Promise<boolean> {
  if (how === "deleted") {
    await Deno.remove(path);
    return true;
  }
  const bytes = await Deno.readFile(path);
  if (bytes.length === 0) return false;
  const position = Math.floor(at * bytes.length);
  if (how === "cut short") await Deno.truncate(path, position);
  else await Deno.writeFile(path, bytes.with(position, (bytes[position] ?? 0) ^ (1 << bit)));
  return true;
}
