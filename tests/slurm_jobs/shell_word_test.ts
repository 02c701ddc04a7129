import assert from "node:assert/strict";
import fc from "fast-check";
import { shellWord, shellWords } from "../../lib/slurm/shell_word.ts";

/** The words that a shell finds in a text, each ended by NUL. */
async function wordsFoundBy(shell: string, words: string): Promise<readonly string[]> {
  const command = new Deno.Command(shell, { args: ["-c", `printf '%s\\0' ${words}`], cwd: "/" });
  const { stdout } = await command.output();
  return new TextDecoder().decode(stdout).split("\0").slice(0, -1);
}

Deno.test("shellWord() leaves plain words as they are, and quotes all others", () => {
  assert.equal(shellWord("--out=runs/a_b-1.yaml"), "--out=runs/a_b-1.yaml");
  assert.equal(shellWord("my clip"), "'my clip'");
  assert.equal(shellWord("it's"), "'it'\\''s'");
  assert.equal(shellWord(""), "''");
});

Deno.test("whatever stands in words, a shell finds the same words again", async () => {
  const hostile = fc.array(
    fc.constantFrom("'", '"', "\\", "\n", "$(echo x)", "`id`", " ", "*", "~", "!", "é", "%A", "-n", "#"),
    { maxLength: 8 },
  );
  const texts = fc.oneof(hostile.map((parts) => parts.join("")), fc.string({ unit: "binary" })).filter(
    (text) => {
      return !text.includes("\0") && text.isWellFormed();
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 40 }), async (words) => {
      for (const shell of ["bash", "sh"]) {
        assert.deepEqual(await wordsFoundBy(shell, shellWords(words)), words);
      }
    }),
    { numRuns: 25, seed: 17 },
  );
});
