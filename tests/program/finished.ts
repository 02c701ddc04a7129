/** A finished workflow for the tests of a file: it is run once, and each test gets a copy that it may change. */
import { join } from "node:path";
import { copy } from "./copied_folder.ts";
import { bench } from "./bench.ts";
import type { Bench } from "./program.ts";

/** A copy of the folder; its workflow is `a.yaml`. */
export interface FinishedBench extends Bench {
  /** Path of the workflow. */
  readonly file: string;
}

/** Runs a workflow when a test first asks for it. Its results stay until the file's last test has ended. */
export function finishedOnce(text: string): () => Promise<FinishedBench> {
  let original: Promise<Bench> | undefined;
  Deno.test.afterAll(async () => {
    await (await original)?.[Symbol.asyncDispose]();
  });
  return async () => {
    const { folder } = await (original ??= finish(text));
    const place = await bench();
    await copy(folder, place.folder);
    return { ...place, file: join(place.folder, "a.yaml") };
  };
}

async function finish(text: string): Promise<Bench> {
  const place = await bench();
  await place.events(await place.write("a.yaml", text));
  return place;
}
