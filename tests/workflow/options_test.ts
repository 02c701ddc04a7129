import assert from "node:assert/strict";
import fc from "fast-check";
import { formatProblem } from "../../lib/workflow/collector.ts";
import { load, loadGood } from "./language.ts";

const files = {
  "main.yaml": `
metamer: 1
videos:
  clip: { generate: { noise: { seed: 3 } }, height: 64, width: 64, frames: 12 }
stages:
  out:
    kind: synthesis
    targets: { spatial_texture: clip, temporal_texture: [clip, { video: clip, share: 2 }] }
    octaves: { steps: [{ octave: -1 }, { octave: 0 }] }
`,
};

async function writtenWith(...set: string[]) {
  const { workflow } = await loadGood(files, { set });
  return workflow.instances.find(({ name }) => name === "out")?.read.written;
}

async function problemsWith(...set: string[]) {
  return (await load(files, { set })).problems;
}

Deno.test("--set changes a value, adds one, and reaches into lists", async () => {
  const written = await writtenWith(
    "stages.out.seed=7",
    "stages.out.octaves.steps.1.iterations={ 0: 5, 11: 10 }",
    "stages.out.targets.temporal_texture.1.share=3",
  );
  assert.partialDeepStrictEqual(written, { seed: 7 });
  assert.partialDeepStrictEqual(written, {
    octaves: { steps: [{ octave: -1, iterations: 750 }, { iterations: { 0: 5, 11: 10 } }] },
  });
  assert.partialDeepStrictEqual(written, {
    targets: { temporal_texture: { mixture: [{ share: 1 }, { share: 3 }] } },
  });
});

Deno.test("--set merges maps, and null removes", async () => {
  assert.partialDeepStrictEqual(await writtenWith("stages.out={ seed: 5, blend: 1 }"), { seed: 5, blend: 1 });
  const { targets } = {
    targets: undefined,
    ...await writtenWith("stages.out.targets.temporal_texture=null") as object,
  };
  assert.deepEqual(Object.keys(targets ?? {}), ["spatial_texture"]);
});

Deno.test("the last --set wins", async () => {
  assert.partialDeepStrictEqual(await writtenWith("stages.out.seed=7", "stages.out.seed=8"), { seed: 8 });
});

Deno.test("--set of a file takes the place of a generated clip", async () => {
  const { workflow } = await loadGood(files, { set: ["videos.clip.file=mine_64x64_30.mp4"] });
  assert.partialDeepStrictEqual(workflow.instances[0]?.read.written, {
    file: "mine_64x64_30.mp4",
    frames: 12,
  });
});

Deno.test("--frames is one more layer of every stage that makes frames, and --set lies over it", async () => {
  const frames = async (set: readonly string[]) => {
    const { inspected } = await loadGood(files, { frames: 6, set });
    const artifact = inspected.find(({ instance }) => instance.name === "out")?.artifact;
    return artifact?.made === "video" ? artifact.video.frames : undefined;
  };
  assert.equal(await frames([]), 6);
  assert.equal(await frames(["stages.out.frames=7"]), 7);
  const { problems } = await load(files, { frames: 20 });
  assert.deepEqual(problems.map(({ fact }) => fact.code), [
    "too_few_frames",
    "too_few_frames",
    "too_few_frames",
  ]);
});

Deno.test("a value that lies beyond a missing stage makes a problem, not a crash", async () => {
  assert.deepEqual((await problemsWith("stages.nowhere.seed=1")).map(({ fact }) => fact.code), [
    "unknown_reference",
  ]);
});

async function sentencesWith(...set: string[]) {
  return (await problemsWith(...set)).map((problem) => formatProblem(problem));
}

Deno.test("a stage or a video that only --set knows is taken for a misspelled one", async () => {
  assert.deepEqual(await sentencesWith("stages.outt.seed=2"), [
    '--set stages.outt.seed=2: error: there is no stage "outt"; there is out; did you mean "out"?',
  ]);
  assert.deepEqual(await sentencesWith("videos.clips.file=mine_64x64_30.mp4"), [
    '--set videos.clips.file=mine_64x64_30.mp4: error: no stage uses a video "clips"; did you mean "clip"?',
  ]);
  assert.deepEqual(await sentencesWith("videos.natural.frames=4"), [
    '--set videos.natural.frames=4: error: no stage uses a video "natural"; did you mean "clip"?',
  ]);
});

Deno.test("--set can add a video that a stage uses, and a stage with its kind", async () => {
  const { workflow } = await loadGood(files, {
    set: [
      "videos.natural.file=mine_64x64_30.mp4",
      "stages.out.targets.spatial_texture=natural",
      "stages.more={ kind: synthesis, targets: { spatial_texture: clip }, octaves: { steps: [{ octave: 0 }] } }",
    ],
  });
  assert.deepEqual(workflow.instances.map(({ name }) => name), ["clip", "natural", "out", "more"]);
});

const path = fc.array(
  fc.constantFrom(
    "stages",
    "videos",
    "out",
    "clip",
    "targets",
    "octaves",
    "steps",
    "0",
    "9",
    "seed",
    "x y",
    "",
    "__proto__",
  ),
  { maxLength: 6 },
).map((parts) => parts.join("."));
const text = fc.oneof(
  fc.constantFrom(
    "",
    "=",
    "=1",
    "=null",
    "=[",
    "={ a: 1 }",
    "=$x",
    "=!tag 1",
    "=-1",
    "=a: b: c",
    "=*alias",
    "=---",
  ),
  fc.string({ maxLength: 8 }).map((value) => `=${value}`),
);

Deno.test("whatever --set says, nothing is thrown and every problem has its words", async () => {
  await fc.assert(
    fc.asyncProperty(path, text, async (path, text) => {
      for (const problem of await problemsWith(`${path}${text}`)) {
        assert.match(formatProblem(problem), /: error: ./);
      }
    }),
    { numRuns: 300 },
  );
});

const settings = fc.constantFrom(
  "stages.out.seed",
  "stages.out.blend",
  "stages.out.padding.frames",
  "stages.out.optimizer.adam.beta1",
  "stages.out.octaves.steps.1.learning_rate",
  "stages.out.targets.temporal_texture.1.share",
  "stages.out.targets.spatial_content.weight",
  "stages.out.frames",
  "videos.clip.height",
  "run.threads",
);
const badNumbers = fc.oneof(
  fc.double({ max: -0.001, noNaN: true }).map(String),
  fc.constantFrom("high", "true", "[1]", ".nan"),
);

Deno.test("a value that --set got wrong is reported at the option", async () => {
  await fc.assert(
    fc.asyncProperty(settings, badNumbers, async (path, value) => {
      const video = path.includes("spatial_content") ? ["stages.out.targets.spatial_content.video=clip"] : [];
      const problems = await problemsWith(...video, `${path}=${value}`);
      assert.ok(problems.length > 0);
      for (const problem of problems) {
        assert.equal(
          formatProblem(problem).startsWith(`--set ${path}=${value}: error: `),
          true,
          formatProblem(problem),
        );
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("--set of null removes a stage or video that is there, and nothing else", async () => {
  const removed = await load(files, { set: ["stages.out=null", "stages.typo=null", "videos.clib=null"] });
  const said = removed.problems.map((problem) => formatProblem(problem));
  assert.deepEqual(said.slice(-2), [
    '--set stages.typo=null: error: there is no stage "typo"; there is out',
    '--set videos.clib=null: error: there is no video "clib"; there is clip; did you mean "clip"?',
  ]);
  assert.deepEqual(await problemsWith("stages.out.height=null"), []);
});
