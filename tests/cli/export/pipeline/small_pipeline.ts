import type { Job, Pipeline } from "../../../../lib/cli/export/pipeline/pipeline.ts";

/** A clip, two renders of it that ask for different lengths of time, and a table about them. */
export const smallPipeline: Pipeline = {
  workflow: "workflows/sweep.yaml",
  name: "sweep",
  runs: "runs",
  program: "npx -y deno@2.9.6 task --config ../metamer/deno.json",
  run: ["workflows/sweep.yaml", "--out", "runs"],
  writtenBy: "npx -y deno@2.9.6 task --config ../metamer/deno.json export workflows/sweep.yaml --as ...",
  sources: [{ path: "workflows/sweep.yaml", sha256: "5891b5b522d5df086d0ff0b110fbd9d2" }],
  jobs: [
    job("street", { kind: "video", files: ["clips/street.mp4"] }),
    job("metamer[seed=1]", { needs: ["street"], threads: 4, memory: 4000 }),
    job("metamer[seed=2]", { needs: ["street"], threads: 4, memory: 4000 }),
    job("long", { needs: ["street"], threads: 4, memory: 4000, slurm: { partition: "gpu", time: "2d" } }),
    job("features", { kind: "features", needs: ["street", "metamer[seed=1]", "metamer[seed=2]"] }),
  ],
  overview: { threads: 1, memory: 2000, slurm: { partition: "short", time: "12h" } },
};

function job(instance: string, more: Partial<Job>): Job {
  return {
    instance,
    plainName: instance.replace(/\[seed=(\d)\]/, "-$1"),
    kind: "synthesis",
    key: `${more.kind ?? "synthesis"}-of-${instance.length}`,
    needs: [],
    files: [],
    threads: 1,
    memory: 2000,
    slurm: { partition: "short", time: "12h" },
    ...more,
  };
}
