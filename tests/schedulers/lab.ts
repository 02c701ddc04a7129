/**
 * A folder of experiments in which a workflow is exported, and Snakemake or DVC is called as a user calls it.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { eventsOf, keysOf, madeBy } from "../slurm/on_slurm.ts";
import { type Ended, project } from "../program/program.ts";
import { temporaryFolder } from "../temporary_folder.ts";

/** Six renders, their features and a report. */
export const sweep = `metamer: 1
videos:
  clip: { generate: dead_leaves, height: 24, width: 32, frames: 2 }
stages:
  tiny:
    kind: synthesis
    matrix: { seed: [1, 2, 3], iterations: { few: 4, more: 6 } }
    seed: $seed
    streams: { spatial: steerable }
    targets: { spatial_texture: clip }
    octaves: { steps: [{ octave: 0, iterations: $iterations, learning_rate: 0.01, total_variation: 0.1 }] }
    padding: 0
    frames: 2
  features: { kind: features, videos: [clip, tiny] }
  report: { kind: report, of: [features] }
run: { threads: 1, slurm: { partition: test, time: 10m, memory: 1M } }
`;

/** The folder. */
export interface Lab extends AsyncDisposable {
  readonly folder: string;
  /** Writes a file there. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Starts a program there; Deno, which `npx` would fetch, is the one of the tests. */
  start(command: readonly string[], environment?: Readonly<Record<string, string>>): Deno.ChildProcess;
  /** Runs one to its end. */
  call(command: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Runs a verb of Metamer, and throws when it does not end with 0. */
  metamer(...args: string[]): Promise<string>;
}

/** Makes one. */
export async function lab(programs: string): Promise<Lab> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const [folder, own] = [join(path, "lab"), join(path, "bin")];
  for (const made of [folder, own]) await Deno.mkdir(made);
  // Called as `npx -y deno@2.9.6 task ...`.
  await Deno.writeTextFile(join(own, "npx"), `#!/bin/sh\nshift 2\nexec '${Deno.execPath()}' "$@"\n`, {
    mode: 0o755,
  });
  const searched = [own, programs, Deno.env.get("PATH")].join(":");
  const start: Lab["start"] = ([program = "", ...args], environment = {}) =>
    new Deno.Command(program, {
      args,
      cwd: folder,
      env: { NO_COLOR: "1", DVC_NO_ANALYTICS: "1", INIT_CWD: folder, PATH: searched, ...environment },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  const call: Lab["call"] = async (command, environment) => {
    const { code, stdout, stderr } = await start(command, environment).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  };
  const owned = stack.move();
  return {
    folder,
    start,
    call,
    async write(name, content) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(join(folder, name), bytes);
    },
    async metamer(...args) {
      const program = ["npx", "-y", "deno", "task", "--quiet", "--config", join(project, "deno.json")];
      const { code, stdout, stderr } = await call([...program, ...args]);
      assert.equal(code, 0, stdout + stderr);
      return stdout;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Throws an AssertionError unless each instance was made once there, with the bytes that a local run makes of it. */
export async function requireLocalResults(
  place: Lab,
  workflow: string,
  ...options: string[]
): Promise<void> {
  await place.metamer("run", `${workflow}.yaml`, "--out", "local", ...options);
  const [local, made] = [join(place.folder, "local"), join(place.folder, "runs")];
  const keys = await keysOf(local, workflow);
  assert.deepEqual(await keysOf(made, workflow), keys);
  for (const [name, key] of keys) {
    const started = (await eventsOf(made, key)).filter(({ type }) => type === "instance.started");
    assert.equal(started.length, 1, name);
    // A report tells when it was made.
    if (name !== "report") assert.deepEqual(await madeBy(made, key), await madeBy(local, key), name);
  }
}
