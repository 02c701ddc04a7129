import assert from "node:assert/strict";
import fc from "fast-check";
import {
  arrangeJobs,
  type Arranging,
  type JobArray,
  type Place,
  type Wanted,
} from "../../lib/slurm/arrange.ts";
import { formatIndices } from "../../lib/slurm/array_indices.ts";
import { dependencyOf } from "../../lib/slurm/dependency.ts";

function instance(stage: string, label: string, ...needs: readonly string[]): Wanted {
  return { name: `${stage}[${label}]`, key: `${stage}-${label}`, stage, needs };
}

function sweep(
  stage: string,
  labels: readonly string[],
  needs: (label: string) => readonly string[] = () => [],
) {
  return labels.map((label) => instance(stage, label, ...needs(label)));
}

const alone: Arranging = { perTask: () => 1, queued: new Map(), largestIndex: 1000 };

/** "render 0-2", "measure 0-2 aftercorr:render" */
function arranged(wanted: readonly Wanted[], arranging: Partial<Arranging> = {}): readonly string[] {
  const arrays = arrangeJobs(wanted, { ...alone, ...arranging });
  return arrays.map(({ stage, tasks, waitsFor }) => {
    const dependency = dependencyOf(
      waitsFor,
      (array) =>
        typeof array === "number"
          ? { job: arrays[array]?.stage ?? "", tasks: arrays[array]?.tasks.length ?? 0 }
          : array,
    );
    return [stage, formatIndices(tasks.map(({ index }) => index)), ...dependency ? [dependency] : []].join(
      " ",
    );
  });
}

Deno.test("formatIndices() writes ranges as Slurm does", () => {
  assert.equal(formatIndices([0, 1, 2, 3, 7, 9, 10]), "0-3,7,9-10");
  assert.equal(formatIndices([4]), "4");
});

Deno.test("each stage is one array; a task that reads one render waits for that one alone, a comparison for all", () => {
  const seeds = ["1", "2", "3"];
  assert.deepEqual(
    arranged([
      ...sweep("render", seeds),
      ...sweep("measure", seeds, (seed) => [`render-${seed}`]),
      instance("compare", "", ...seeds.map((seed) => `measure-${seed}`)),
      instance("report", "", "compare-"),
    ]),
    ["render 0-2", "measure 0-2 aftercorr:render", "compare 0 afterok:measure", "report 0 afterok:compare"],
  );
});

Deno.test("what is made already is waited for by nobody, and stages stand after those that they read", () => {
  assert.deepEqual(
    arranged([...sweep("measure", ["1", "2"], (seed) => [`render-${seed}`]), instance("render", "2")]),
    ["render 0", "measure 0", "measure 0 afterok:render"],
  );
});

Deno.test("where several read each of several, no task waits for more than it reads", () => {
  const clips = ["a", "b"];
  const pairs = ["a1", "a2", "a3", "b1", "b2", "b3"];
  assert.deepEqual(
    arranged([...sweep("render", clips), ...sweep("measure", pairs, ([clip]) => [`render-${clip}`])]),
    ["render 0-1", "measure 0-2 afterok:render_0", "measure 0-2 afterok:render_1"],
  );
});

Deno.test("several instances of a task are made together, and those that read them wait for the task", () => {
  const seeds = ["1", "2", "3", "4", "5"];
  assert.deepEqual(
    arranged([...sweep("render", seeds), ...sweep("measure", seeds, (seed) => [`render-${seed}`])], {
      perTask: () => 2,
    }),
    ["render 0-2", "measure 0-2 aftercorr:render"],
  );
});

Deno.test("what an earlier submission has in the queue is waited for there", () => {
  const queued = new Map<string, Place>([
    ["render-1", { array: { job: "812" }, index: 4 }],
    ["render-2", { array: { job: "812" }, index: 7 }],
  ]);
  assert.deepEqual(
    arranged(sweep("measure", ["1", "2"], (seed) => [`render-${seed}`]), { queued }),
    ["measure 4,7 aftercorr:812"],
  );
  assert.deepEqual(arranged([instance("compare", "", "render-1", "render-2")], { queued }), [
    "compare 0 afterok:812_4:812_7",
  ]);
});

Deno.test("an array has no more tasks than the cluster allows", () => {
  const seeds = ["1", "2", "3"];
  assert.deepEqual(
    arranged([...sweep("render", seeds), ...sweep("measure", seeds, (seed) => [`render-${seed}`])], {
      largestIndex: 1,
    }),
    ["render 0-1", "render 0", "measure 0-1 aftercorr:render", "measure 0 aftercorr:render"],
  );
});

/** Places that a task waits for. */
function waited({ waitsFor }: JobArray, index: number): readonly Place[] {
  return "all" in waitsFor ? waitsFor.all : waitsFor.corresponding.map((array) => ({ array, index }));
}

Deno.test("whatever reads what, each instance is made once, after all that it reads, and waits for nothing else", () => {
  const shape = fc.array(fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 6 }), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(
      shape,
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 8 }),
      (stages, size, largestIndex) => {
        const wanted: Wanted[] = [];
        for (const [stage, instances] of stages.entries()) {
          const before = wanted.map(({ key }) => key);
          wanted.push(...instances.map((needs, number) =>
            instance(
              `s${stage}`,
              String(number),
              ...before.length === 0 ? [] : needs.map((need) => before[need % before.length] ?? ""),
            )
          ));
        }
        const arrays = arrangeJobs(wanted, { ...alone, perTask: () => size, largestIndex });
        const places = new Map<string, string>();
        for (const [number, array] of arrays.entries()) {
          for (const { index, instances } of array.tasks) {
            assert.ok(index <= largestIndex);
            const found = waited(array, index).map(({ array, index }) => `${array}_${index}`).sort();
            const needed = instances.flatMap(({ needs }) => needs.map((key) => places.get(key)));
            assert.deepEqual(found, [...new Set(needed)].sort());
            for (const { key } of instances) places.set(key, `${number}_${index}`);
          }
        }
        assert.equal(places.size, wanted.length);
        assert.equal(
          arrays.flatMap(({ tasks }) => tasks.flatMap(({ instances }) => instances)).length,
          wanted.length,
        );
      },
    ),
    { seed: 17 },
  );
});
