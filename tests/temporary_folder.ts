/** A folder that is removed with everything in it when the test ends. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** Makes one. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await Deno.makeTempDir({ prefix: "metamer-test-" });
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
