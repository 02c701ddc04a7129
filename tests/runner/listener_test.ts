import assert from "node:assert/strict";
import { join } from "node:path";
import { readEvents } from "../../lib/store/event_log.ts";
import type { RunEvent } from "../../lib/store/events.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { runFake } from "./fake_run.ts";

const types: RunEvent["type"][] = ["run.started", "iteration", "instance.finished", "run.finished"];

for (const type of types) {
  Deno.test(`a listener that throws at ${type} ends the run with what it threw, and the next run goes on`, async () => {
    await using folder = await temporaryFolder();
    const thrown = new Error("oops");
    let told = 0;
    const run = runFake(folder.path, [{ name: "a", frames: 3 }], {
      show: (event) => {
        told += event.type === type ? 1 : 0;
        if (told > 0) throw thrown;
      },
    });
    await assert.rejects(run, (error) => error === thrown);
    assert.equal(told, 1);
    const log = await readEvents(join(folder.path, "events.jsonl"));
    assert.equal(log.at(-1)?.type, "run.finished");
    assert.equal((await runFake(folder.path, [{ name: "a", frames: 3 }])).outcome.code, 0);
  });
}
