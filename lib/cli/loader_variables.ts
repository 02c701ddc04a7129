/**
 * The variables by which users say where the system finds libraries, such as those of CUDA.
 *
 * Deno starts no program while they are set, unless it may start all programs: they could put anything into ffmpeg. The
 * system has read them when this process began, so it may do without them; programs that it starts do without them, too.
 * @module
 */

/** LD_LIBRARY_PATH, LD_PRELOAD ... and, on macOS, DYLD_LIBRARY_PATH ... */
const loaderVariable = /^(LD|DYLD)_/;

/** Where this process finds libraries, for who asks later. */
const kept = "METAMER_LIBRARY_PATH";

/** Takes them out of the environment, and keeps where libraries are looked for under a name of our own. */
export function setLoaderVariablesAside(): void {
  const folders = Deno.env.get("LD_LIBRARY_PATH");
  if (folders !== undefined) Deno.env.set(kept, folders);
  for (const name of Object.keys(Deno.env.toObject())) {
    if (loaderVariable.test(name)) Deno.env.delete(name);
  }
}

/** True where somebody has said where libraries are: a program that is started does not know it. */
export function librariesAreElsewhere(): boolean {
  return Deno.env.get(kept) !== undefined;
}
