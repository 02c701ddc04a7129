import assert from "node:assert/strict";
import type { Measurement } from "../../lib/plan/estimate.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { runFake } from "./fake_run.ts";

Deno.test("frames tell when the instance is finished, and when the run is while other instances are left", async () => {
  await using folder = await temporaryFolder();
  const { events } = await runFake(folder.path, [{ name: "a", frames: 4 }, { name: "b", frames: 4 }]);
  const told = (name: string) =>
    events.flatMap((event) => event.type === "frame.finished" && event.instance === name ? [event] : []);
  for (const { eta_seconds, run_eta_seconds } of told("a")) {
    assert.ok(eta_seconds !== undefined && run_eta_seconds !== undefined && run_eta_seconds > eta_seconds);
  }
  assert.equal(told("a").at(-1)?.eta_seconds, 0);
  assert.equal(told("b").length, 4);
  assert.ok(told("b").every((event) => event.eta_seconds !== undefined && !("run_eta_seconds" in event)));
});

Deno.test("what a run has measured is handed over, instance by instance", async () => {
  await using folder = await temporaryFolder();
  const measured: Measurement[] = [];
  await runFake(folder.path, [{ name: "few", frames: 2 }, { name: "many", frames: 8 }], {
    rememberSpeeds(found) {
      measured.push(...found);
      return Promise.resolve();
    },
  });
  assert.deepEqual(measured.map(({ parts, height, width }) => [parts, height, width]), [[["fake"], 2, 2]]);
  assert.ok(measured.every(({ seconds }) => seconds > 0));
});
