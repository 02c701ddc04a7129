import assert from "node:assert/strict";
import { parseQueue, reasonInWords } from "../../lib/slurm/queue.ts";

Deno.test("parseQueue() tells tasks that wait, run, and end, and leaves out what is over or no array", () => {
  const text = [
    "12|0|RUNNING|sweep:metamer|node3|None",
    "12|1|COMPLETING|sweep:metamer|node4|None",
    "12|2|PENDING|sweep:metamer||Resources",
    "12|3|PENDING|sweep:metamer||ReqNodeNotAvail, UnavailableNodes:node[1-2]|x",
    "12|4|COMPLETED|sweep:metamer|node3|None",
    "12|5|TIMEOUT|sweep:metamer|node3|None",
    "13|N/A|RUNNING|other|node3|None",
    "",
  ].join("\n");
  const task = (index: number) => ({ job: "12", index, name: "sweep:metamer" });
  assert.deepEqual(parseQueue(text), [
    { ...task(0), state: "running", node: "node3" },
    { ...task(1), state: "running", node: "node4" },
    { ...task(2), state: "queued", reason: "Resources" },
    { ...task(3), state: "queued", reason: "ReqNodeNotAvail, UnavailableNodes:node[1-2]|x" },
  ]);
});

Deno.test("reasonInWords() explains Slurm's commonest reasons, and passes on the others", () => {
  assert.equal(reasonInWords("Resources"), "waiting for a free node (Resources)");
  assert.equal(
    reasonInWords("ReqNodeNotAvail, UnavailableNodes:node1"),
    "for the nodes that it asks for are down or reserved (ReqNodeNotAvail, UnavailableNodes:node1)",
  );
  assert.equal(reasonInWords("QOSGrpNodeLimit"), "for Slurm's reason QOSGrpNodeLimit");
});
