import assert from "node:assert/strict";
import { openDigests } from "../../lib/store/digests.ts";
import { openInstanceFolder } from "../../lib/store/instance_folder.ts";
import { inspectInstance } from "../../lib/store/instance_state.ts";
import { digestsPath, instancePaths } from "../../lib/store/layout.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const gray = { shape: [1, 1, 3], data: new Float32Array(3) };

Deno.test("an instance with padding or a state is begun, though no frame is finished", async () => {
  await using folder = await temporaryFolder();
  const digests = await openDigests(digestsPath(folder.path));
  const stateOf = async (name: string) => {
    const { status, finishedFrames } = await inspectInstance(instancePaths(folder.path, name), 4, digests);
    return [status, finishedFrames];
  };
  const open = (name: string) =>
    openInstanceFolder(instancePaths(folder.path, name), { engine: () => undefined, onDamage: () => {} });
  using padded = await open("padded");
  using stopped = await open("stopped");
  using finished = await open("finished");
  for (const name of ["padded", "stopped", "finished"]) assert.deepEqual(await stateOf(name), ["run", 0]);
  await padded.writeFrame(-2, gray, { seconds: 1 });
  await stopped.writeState(Uint8Array.of(1));
  await finished.writeFrame(0, gray, { seconds: 1 });
  assert.deepEqual(await stateOf("padded"), ["resume", 0]);
  assert.deepEqual(await stateOf("stopped"), ["resume", 0]);
  assert.deepEqual(await stateOf("finished"), ["resume", 1]);
});
