/** A disk that is full, and one that must not be written, where the system lets a test mount one. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { RunEvent } from "../../lib/store/events.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { bench, callProgram } from "./bench.ts";
import { parseEvents, tinyWorkflow } from "./program.ts";

/** A disk in memory. */
interface Disk extends AsyncDisposable {
  readonly path: string;
  /** Mounts it again with another size, or read-only: "size=200k", "ro". */
  change(option: string): Promise<void>;
}

const quick = tinyWorkflow.replace("iterations: 20", "iterations: 2");

async function system(program: string, ...args: string[]): Promise<boolean> {
  return (await new Deno.Command(program, { args, stdout: "null", stderr: "null" }).output()).success;
}

/** Undefined where only others than this user may mount one. */
async function mountDisk(size: string): Promise<Disk | undefined> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return undefined;
  const folder = await temporaryFolder();
  const { path } = folder;
  if (!await system("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path)) {
    await folder[Symbol.asyncDispose]();
    return undefined;
  }
  return {
    path,
    async change(option) {
      assert.ok(await system("mount", "-o", `remount,${option}`, path), option);
    },
    async [Symbol.asyncDispose]() {
      assert.ok(await system("umount", path));
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function canMount(): Promise<boolean> {
  const disk = await mountDisk("100k");
  await disk?.[Symbol.asyncDispose]();
  return disk !== undefined;
}

const ignore = !await canMount();

async function mounted(size: string): Promise<Disk> {
  return await mountDisk(size) ?? assert.fail("it could be mounted before");
}

/** The frames' bytes as the events tell them: stage, frame and sha256. */
function framesOf(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === "frame.finished" ? [`${event.stage} ${event.frame} ${event.sha256}`] : []
  );
}

Deno.test({
  name:
    "on a full disk a run says so and keeps what is finished; with more room it goes on to the same bytes",
  ignore,
  async fn() {
    await using place = await bench();
    const file = await place.write("a.yaml", quick);
    const expected = framesOf(await place.events(file));

    await using disk = await mounted("12k");
    const made: string[] = [];
    let refusals = 0;
    for (let size = 12;; size += 60) {
      assert.ok(size < 1000, `${size} kB are not enough`);
      await disk.change(`size=${size}k`);
      const ended = await callProgram(["run", file, "--out", join(disk.path, "runs"), "--json"]);
      made.push(...framesOf(parseEvents(ended.stdout)));
      if (ended.code === 0) break;
      refusals++;
      assert.equal(ended.code, 1, ended.stderr);
      assert.match(
        ended.stderr,
        /^error: cannot write \S+: No space left on device; what is finished is kept; make room or choose another folder with --out\n$/,
      );
    }
    assert.ok(refusals > 1, `${refusals} refusals`);
    assert.deepEqual(made.sort(), expected.sort(), "each frame was made once");
  },
});

Deno.test({
  name:
    "a folder that became read-only is refused before anything runs, and can be looked at; then the run goes on",
  ignore,
  async fn() {
    await using place = await bench();
    const file = await place.write("a.yaml", quick);
    const expected = framesOf(await place.events(file));

    await using disk = await mounted("100m");
    const out = ["--out", join(disk.path, "runs")];
    const begun = await callProgram(["run", file, ...out, "--json", "--frames", "2"]);
    await disk.change("ro");
    const { code, stderr } = await callProgram(["run", file, ...out]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^\S+runs can't be used: Read-only file system; choose another one with --out or METAMER_RUNS\n$/,
    );
    for (const verb of ["plan", "status"]) {
      assert.equal((await callProgram([verb, file, ...out])).code, 0, verb);
    }

    await disk.change("rw");
    const rest = await callProgram(["run", file, ...out, "--json"]);
    assert.equal(rest.code, 0, rest.stderr);
    const made = [begun, rest].flatMap(({ stdout }) => framesOf(parseEvents(stdout)));
    assert.deepEqual(made.sort(), expected.sort());
  },
});
