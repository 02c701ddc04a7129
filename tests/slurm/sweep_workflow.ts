/** A workflow of one render for each seed, what is measured of all, and a report; `more` are further stages. */
export function sweep(seeds: readonly number[], more = ""): string {
  return `metamer: 1
videos:
  clip: { generate: dead_leaves, height: 24, width: 32, frames: 8 }
stages:
  tiny:
    kind: synthesis
    matrix: { seed: [${seeds.join(", ")}] }
    seed: $seed
    streams: { spatial: steerable }
    targets: { spatial_texture: clip }
    octaves: { steps: [{ octave: 0, iterations: 5, learning_rate: 0.01, total_variation: 0.1 }] }
    padding: 0
    frames: 2
${more}  features: { kind: features, videos: [clip, tiny] }
  report: { kind: report, of: [features] }
run: { threads: 1, slurm: { time: 10m } }
`;
}
