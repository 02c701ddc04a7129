import assert from "node:assert/strict";
import { inParallel } from "../../lib/cli/in_parallel.ts";

Deno.test("answers stand in the order of the questions, of which many are asked at once", async () => {
  let open = 0;
  let most = 0;
  const answers = await inParallel(Array.from({ length: 50 }, (_, index) => index), async (index) => {
    open++;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, index % 3));
    open--;
    return 2 * index;
  });
  assert.deepEqual(answers, Array.from({ length: 50 }, (_, index) => 2 * index));
  assert.ok(most > 1 && most <= 16, `${most}`);
});

Deno.test("the first error is thrown", async () => {
  await assert.rejects(inParallel([1, 2], () => Promise.reject(new Error("no"))), /no/);
  assert.deepEqual(await inParallel([], () => Promise.resolve(1)), []);
});
