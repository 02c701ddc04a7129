import assert from "node:assert/strict";

/** Starts the signalled program and sends it each signal when it answered to the one before. */
async function send(mode: string, ...signals: Deno.Signal[]): Promise<{ code: number; answers: string[] }> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", new URL("signalled.ts", import.meta.url).href, mode],
    stdout: "piped",
  }).spawn();
  const answers: string[] = [];
  const left = [...signals];
  for await (const piece of process.stdout.pipeThrough(new TextDecoderStream())) {
    answers.push(piece.trim());
    const signal = left.shift();
    if (signal !== undefined) process.kill(signal);
  }
  return { code: (await process.status).code, answers };
}

Deno.test("the first signal asks for a stop, and the exit code tells which it was", async () => {
  assert.deepEqual(await send("attentive", "SIGINT"), { code: 130, answers: ["ready", "first SIGINT"] });
  assert.deepEqual(await send("attentive", "SIGTERM"), { code: 143, answers: ["ready", "first SIGTERM"] });
});

Deno.test("a second SIGINT ends the program at once", async () => {
  assert.deepEqual(await send("deaf", "SIGINT", "SIGINT"), { code: 130, answers: ["ready", "first SIGINT"] });
});

Deno.test("a second SIGTERM does not end the program before it has saved; SIGINT after it does", async () => {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", new URL("signalled.ts", import.meta.url).href, "slow"],
    stdout: "piped",
  }).spawn();
  let printed = "";
  for await (const piece of process.stdout.pipeThrough(new TextDecoderStream())) {
    printed += piece;
    if (piece.includes("ready")) process.kill("SIGTERM");
    if (piece.includes("first")) process.kill("SIGTERM");
  }
  assert.deepEqual([printed, (await process.status).code], ["ready\nfirst SIGTERM\nsaved\n", 143]);
  assert.deepEqual(await send("deaf", "SIGTERM", "SIGINT"), {
    code: 130,
    answers: ["ready", "first SIGTERM"],
  });
});
