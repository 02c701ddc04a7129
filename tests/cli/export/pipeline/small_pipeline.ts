import type { Job, Pipeline } from "../../../../lib/cli/export/pipeline/pipeline.ts";

/** Three renders of a clip, of which one asks for more time, and a table about them. */
export const smallPipeline: Pipeline = {
  workflow: "workflows/sweep.yaml",
  name: "sweep",
  runs: "runs",
  program: "npx -y deno@2.9.6 task --config ../metamer/deno.json",
  run: ["workflows/sweep.yaml", "--out", "runs"],
  writtenBy: "npx -y deno@2.9.6 task --config ../metamer/deno.json export workflows/sweep.yaml --as ...",
  sources: [{ path: "workflows/sweep.yaml", sha256: "5891b5b522d5df086d0ff0b110fbd9d2" }],
  jobs: [
    job("metamer[seed=1]", { threads: 4, memory: 4000 }),
    job("metamer[seed=2]", { threads: 4, memory: 4000 }),
    job("long", { threads: 4, memory: 4000, slurm: { partition: "gpu", time: "2d" } }),
    job("features", { kind: "features", needs: ["metamer[seed=1]", "metamer[seed=2]"] }),
  ],
  overview: { threads: 1, memory: 2000, slurm: { partition: "short", time: "12h" } },
};

function job(instance: string, more: Partial<Job>): Job {
  return {
    instance,
    plainName: instance.replace(/\[seed=(\d)\]/, "-$1"),
    kind: "synthesis",
    ...(more.kind === undefined && { frames: 120 }),
    key: `${more.kind ?? "synthesis"}-of-${instance.length}`,
    needs: [],
    files: ["clips/street.mp4"],
    threads: 1,
    memory: 2000,
    slurm: { partition: "short", time: "12h" },
    ...more,
  };
}
