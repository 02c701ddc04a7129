import assert from "node:assert/strict";
import fc from "fast-check";
import { parseShard, takeShard } from "../../lib/plan/shard.ts";

interface Piece {
  readonly name: string;
  readonly key: string;
  readonly section: "videos" | "stages";
  readonly inputs: readonly { readonly key: string }[];
}

function piece(name: string, ...needs: string[]): Piece {
  const section = name.startsWith("clip") ? "videos" : "stages";
  return { name, key: `key of ${name}`, section, inputs: needs.map((need) => ({ key: `key of ${need}` })) };
}

const seeds = [1, 2, 3, 4, 5, 6];

/** A clip and six renders of it. */
const matrix = [piece("clip"), ...seeds.map((seed) => piece(`metamer[seed=${seed}]`, "clip"))];

function namesOf(instances: readonly Piece[], shard: string): string[] {
  const parsed = parseShard(shard);
  assert("number" in parsed);
  return takeShard(instances, parsed).map(({ name }) => name);
}

Deno.test("independent instances are dealt out by their place, each with what it needs", () => {
  assert.deepEqual(namesOf(matrix, "1/3"), ["clip", "metamer[seed=1]", "metamer[seed=4]"]);
  assert.deepEqual(namesOf(matrix, "2/3"), ["clip", "metamer[seed=2]", "metamer[seed=5]"]);
  assert.deepEqual(namesOf(matrix, "3/3"), ["clip", "metamer[seed=3]", "metamer[seed=6]"]);
  assert.deepEqual(namesOf(matrix, "1/1"), matrix.map(({ name }) => name));
});

Deno.test("the place is that among the names: the order in the file does not matter", () => {
  assert.deepEqual(namesOf([matrix[0] ?? piece("clip"), ...matrix.slice(1).toReversed()], "2/3"), [
    "clip",
    "metamer[seed=5]",
    "metamer[seed=2]",
  ]);
});

Deno.test("more shards than instances: the last ones have nothing to do", () => {
  assert.deepEqual(namesOf(matrix, "6/7"), ["clip", "metamer[seed=6]"]);
  assert.deepEqual(namesOf(matrix, "7/7"), []);
});

Deno.test("what reads one result goes where that is made", () => {
  const analyzed = [
    ...matrix,
    ...seeds.map((seed) => piece(`tuning[seed=${seed}]`, `metamer[seed=${seed}]`)),
  ];
  assert.deepEqual(namesOf(analyzed, "3/6"), ["clip", "metamer[seed=3]", "tuning[seed=3]"]);
});

Deno.test("what many results are made from is in each of their shards", () => {
  const base = piece("base", "clip");
  const fan = [piece("clip"), base, ...seeds.map((seed) => piece(`v${seed}`, "base"))];
  assert.deepEqual(namesOf(fan, "4/6"), ["clip", "base", "v4"]);
});

Deno.test("a comparison of all does not make everything one shard's, and comes last in its own", () => {
  const names = seeds.map((seed) => `metamer[seed=${seed}]`);
  const compared = [...matrix, piece("comparison", ...names, "clip")];
  assert.deepEqual(namesOf(compared, "2/3"), ["clip", "metamer[seed=2]", "metamer[seed=5]"]);
  assert.deepEqual(namesOf(compared, "1/3"), [
    "clip",
    "metamer[seed=1]",
    "metamer[seed=4]",
    "metamer[seed=2]",
    "metamer[seed=3]",
    "metamer[seed=5]",
    "metamer[seed=6]",
    "comparison",
  ]);
});

Deno.test("whatever reads what, the shards together are everything, and inputs stand before what reads them", () => {
  const graph = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(graph, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }), (reads, of, clips) => {
      const name = (index: number) => `${index < clips ? "clip" : "stage"}${index}`;
      const instances = reads.map((earlier, index) =>
        piece(name(index), ...(index < Math.max(clips, 1) ? [] : earlier.map((nth) => name(nth % index))))
      );
      const shards = Array.from(
        { length: of },
        (_, index) => takeShard(instances, { number: index + 1, of }),
      );
      assert.deepEqual(new Set(shards.flat()), new Set(instances));
      for (const shard of shards) {
        const keys = shard.map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length);
        for (const [place, { inputs }] of shard.entries()) {
          for (const { key } of inputs) assert(keys.slice(0, place).includes(key), key);
        }
      }
    }),
    { seed: 13 },
  );
});

Deno.test("parseShard() says what is wrong with what is no shard", () => {
  const problemOf = (text: string) => {
    const parsed = parseShard(text);
    return "problem" in parsed ? parsed.problem : undefined;
  };
  assert.deepEqual(parseShard("2/3"), { number: 2, of: 3 });
  assert.equal(problemOf("0/3"), "shards are counted from 1: the first is 1/3");
  assert.equal(problemOf("4/3"), "the last of 3 shards is 3/3");
  assert.equal(problemOf("1/0"), "there must be at least one shard, as in 1/1");
  for (const text of ["x", "", "2", "2/", "-1/3", "1.5/3", "1/3/5", " 1/3"]) {
    assert.equal(
      problemOf(text),
      "it must be the number of a shard and how many there are, such as 2/3",
      text,
    );
  }
});
