/** What a user sees of a bad input, and what it must leave alone. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256OfFile } from "../../lib/store/checksum.ts";
import { bench, callProgram } from "./bench.ts";
import { type Bench, type Ended, tinyWorkflow } from "./program.ts";

/** A bad input: how it is run, and what is said. */
export interface Refusal {
  /** What is wrong, as the name of a step. */
  readonly name: string;
  /** The workflow's path, then options. */
  readonly args: readonly string[];
  /** 2: the workflow is wrong; 3: something needed is missing. */
  readonly code: 2 | 3;
  /** Part of the message, or all parts of it: where, what, and what would be right. */
  readonly says: RegExp | readonly RegExp[];
}

/** A folder for bad inputs, with a runs folder in which something is finished already. */
export interface RefusalBench extends Bench {
  /** Runs each input, in the test's own process, and asserts that it is refused and that nothing is written. */
  refuse(test: Deno.TestContext, refusals: readonly Refusal[]): Promise<void>;
}

/** Makes one. */
export async function refusalBench(): Promise<RefusalBench> {
  const place = await bench();
  await place.events(await place.write("finished.yaml", tinyWorkflow), "--only", "clip");
  return {
    ...place,
    async refuse(test, refusals) {
      const before = await filesIn(place.folder);
      for (const refusal of refusals) {
        await test.step(refusal.name, async () => {
          assertRefused(refusal, await callProgram(["run", "--out", place.runs, ...refusal.args]));
        });
      }
      assert.deepEqual(await filesIn(place.folder), before);
    },
  };
}

function assertRefused({ code, says }: Refusal, { code: found, stdout, stderr }: Ended): void {
  assert.equal(found, code, `${stdout}\n${stderr}`);
  for (const part of [says].flat()) assert.match(stderr, part);
  assert.doesNotMatch(stderr, /bug in Metamer|^ +at .*(file|ext|node):/m);
  // Readable where it appears: no line of megabytes, nothing that a terminal takes for a command.
  assert.ok(stderr.length < 20_000, `${stderr.length} characters`);
  assert.ok(![...stderr].some((character) => character < " " && character !== "\n"), JSON.stringify(stderr));
}

/** Every file below a folder, with what can be told of it without waiting: regular files by their digests. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) found.push(...await filesIn(path));
    else found.push(isFile && !name.startsWith("unread") ? `${path} ${await sha256OfFile(path)}` : path);
  }
  return found.sort();
}
