/**
 * A long series of renders that are killed at random times and go on each time. METAMER_SEED=n repeats it, as far as a
 * machine's speed lets it.
 */
import assert from "node:assert/strict";
import { killRenders, randomMoments } from "../program/killed_render.ts";

const kills = 100;
const seed = Number(Deno.env.get("METAMER_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);

// The name shows the seed, whatever is printed or not.
Deno.test(`renders that are killed ${kills} times make the frames of ones that are not (METAMER_SEED=${seed})`, async () => {
  const { finished, insideCheckpoints } = await killRenders(randomMoments(seed, kills, 3000));
  assert.ok(finished < kills / 2, `${finished} of ${kills} runs were over before they were killed`);
  assert.ok(insideCheckpoints > kills / 10, `${insideCheckpoints} kills came while a checkpoint was written`);
});
