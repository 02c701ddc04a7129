/** METAMER_SEED=n repeats a series, as far as a machine's speed lets it; tests/slow/ has a long one. */
import assert from "node:assert/strict";
import { killRenders, randomMoments } from "./killed_render.ts";

const kills = 6;
const seed = Number(Deno.env.get("METAMER_SEED") ?? 1);

Deno.test(`renders that are killed ${kills} times make the frames of ones that are not (METAMER_SEED=${seed})`, async () => {
  const { finished, insideCheckpoints } = await killRenders(randomMoments(seed, kills, 2000), 1);
  assert.ok(finished < kills / 2, `${finished} of ${kills} runs were over before they were killed`);
  assert.ok(insideCheckpoints > 0, "no kill came while a checkpoint was written");
});
