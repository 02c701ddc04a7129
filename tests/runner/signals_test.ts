import assert from "node:assert/strict";
import { exitCodeOf } from "../../lib/runner/signals.ts";

/** What comes sooner after the first signal is the same keystroke. */
async function later(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1100));
}

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
    if (signal === undefined) continue;
    if (left.length < signals.length - 1) await later();
    process.kill(signal);
  }
  return { code: (await process.status).code, answers };
}

Deno.test("the first signal asks for a stop, and the exit code tells which it was", async () => {
  assert.deepEqual(await send("attentive", "SIGINT"), { code: 130, answers: ["ready", "first SIGINT"] });
  assert.deepEqual(await send("attentive", "SIGTERM"), { code: 143, answers: ["ready", "first SIGTERM"] });
});

Deno.test({
  name: "SIGUSR1 asks for a stop with exit code 75, so that a batch system starts the job again",
  ignore: Deno.build.os === "windows",
  async fn() {
    assert.deepEqual(await send("attentive", "SIGUSR1"), { code: 75, answers: ["ready", "first SIGUSR1"] });
  },
});

Deno.test("a second SIGINT ends the program at once", async () => {
  assert.deepEqual(await send("deaf", "SIGINT", "SIGINT"), { code: 130, answers: ["ready", "first SIGINT"] });
});

for (const signal of ["SIGINT", "SIGTERM", "SIGUSR1"] as const) {
  Deno.test(`${signal} that comes twice at once, as to a group under deno task, does not keep from saving`, async () => {
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", new URL("signalled.ts", import.meta.url).href, "slow"],
      stdout: "piped",
    }).spawn();
    let printed = "";
    for await (const piece of process.stdout.pipeThrough(new TextDecoderStream())) {
      printed += piece;
      if (piece.includes("ready") || piece.includes("first")) process.kill(signal);
    }
    const { code } = await process.status;
    assert.deepEqual([printed, code], [`ready\nfirst ${signal}\nsaved\n`, exitCodeOf[signal]]);
  });
}

Deno.test("SIGINT after SIGTERM ends the program at once", async () => {
  assert.deepEqual(await send("deaf", "SIGTERM", "SIGINT"), {
    code: 130,
    answers: ["ready", "first SIGTERM"],
  });
});
