/** Learns digests, findings and speeds as a run does, again and again: a program for `memory_writers_test.ts`. */
import { join } from "node:path";
import { openDigests } from "../../lib/store/digests.ts";
import { openFindings } from "../../lib/store/findings.ts";
import { digestsPath, findingsPath, speedsPath } from "../../lib/store/layout.ts";
import { rememberSpeeds } from "../../lib/store/measured_speeds.ts";

const [runs, writer, times] = Deno.args;
if (runs === undefined) throw new Error("usage: memory_writer.ts RUNS WRITER TIMES");
for (let time = 0; time < Number(times); time++) {
  const digests = await openDigests(digestsPath(runs));
  await digests.sha256(join(runs, `${writer}-${time}`));
  await digests.save();
  const findings = await openFindings(findingsPath(runs));
  await findings.recall("width", `${writer}-${time}`, () => Promise.resolve(time));
  await findings.save();
  await rememberSpeeds(speedsPath(runs), [{
    ...{ cpu: `cpu of ${writer}`, threads: 1, engine: "onnxruntime", exact: true, parts: ["vgg19"] },
    ...{ height: time + 1, width: 1, seconds: 1, at: "2026-03-01T09:00:00.000Z" },
  }]);
}
