/** One worker for each device: a fake engine stands for those that have several. */
import assert from "node:assert/strict";
import type { RunEvent } from "../../lib/store/events.ts";
import { readManifest } from "../../lib/store/manifest.ts";
import { instancePaths } from "../../lib/store/layout.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { runFake } from "./fake_run.ts";

const settings = { computes: true, delay: 20 };

/** The devices in use whenever an engine was opened, and each instance's own. */
function devicesIn(events: readonly RunEvent[]) {
  const own: Record<string, string> = {};
  const inUse = new Set<string>();
  for (const event of events) {
    const { type, instance = "" } = event;
    if (type === "engine.opened") {
      assert(!inUse.has(event.engine.device), `${instance} was given a device that is in use`);
      own[instance] = event.engine.device;
      inUse.add(event.engine.device);
    }
    if (type === "instance.finished" || type === "instance.failed") inUse.delete(own[instance] ?? "");
  }
  return own;
}

Deno.test("each device is given one instance at a time, and the next one when it is free", async () => {
  await using folder = await temporaryFolder();
  const instances = ["a", "b", "c", "d", "e"].map((name) => ({ name, frames: 2, settings }));
  const { outcome, events } = await runFake(folder.path, instances, { devices: [3, 1] });
  assert.equal(outcome.code, 0);
  const devices = devicesIn(events);
  assert.deepEqual([devices.a, devices.b], ["device 3", "device 1"]);
  assert.deepEqual(new Set(Object.values(devices)), new Set(["device 1", "device 3"]));
  for (const { name } of instances) {
    const manifest = await readManifest(instancePaths(folder.path, `fake-${name}`).manifest);
    assert.equal(manifest?.sessions[0]?.engine?.device, devices[name]);
  }
});

Deno.test("the device of an instance that fails is given to the next one", async () => {
  await using folder = await temporaryFolder();
  const events: RunEvent[] = [];
  const run = runFake(folder.path, [
    { name: "bad", frames: 1, settings: { ...settings, fail: "run" } },
    { name: "next", frames: 1, settings },
  ], { devices: [2], events });
  await assert.rejects(run, { message: "a loss became NaN" });
  assert.equal(devicesIn(events).next, "device 2");
});

Deno.test("without a choice the engine has its own", async () => {
  await using folder = await temporaryFolder();
  const { events } = await runFake(folder.path, [{ name: "a", frames: 1, settings }]);
  assert.deepEqual(devicesIn(events), { a: "device 0" });
});
