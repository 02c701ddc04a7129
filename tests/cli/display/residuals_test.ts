import assert from "node:assert/strict";
import {
  describeResiduals,
  describeTerms,
  residualNotes,
  twoDigits,
} from "../../../lib/cli/display/residuals.ts";
import { tell } from "../../../lib/cli/display/wording.ts";
import type { RunEvent } from "../../../lib/store/events.ts";

const residuals = {
  spatial_texture: { conv1_1: 0.26, conv2_1: 0.01, conv5_1: 0.33 },
  temporal_texture: { concat: 0.0098 },
};
const envelope = { v: 1 as const, at: "2026-03-01T09:00:00.000Z", run: "01", instance: "m" };

Deno.test("residuals are told by term: the mean over its layers, and the worst of several", () => {
  assert.equal(
    describeResiduals(residuals),
    "spatial_texture 0.20 (worst layer conv5_1, 0.33), temporal_texture 0.0098",
  );
  assert.deepEqual(describeTerms(residuals), ["spatial_texture 0.20", "temporal_texture 0.0098"]);
  assert.equal(describeResiduals({}), "");
});

Deno.test("first and last frames are told where they differ", () => {
  const one = { spatial_texture: { conv1_1: 0.0003 } };
  const drift = (first: number, last: number) => ({ spatial_texture: { first, last } });
  assert.equal(
    describeResiduals(one, drift(0.00023, 0.0005)),
    "spatial_texture 0.00030 (0.00023 at first, 0.00050 at last)",
  );
  assert.equal(describeResiduals(one, drift(0.0003, 0.0004)), "spatial_texture 0.00030");
});

Deno.test("what residuals mean is said in lines that fit, and what helps where a term is far off", () => {
  const notes = residualNotes([residuals, { spatial_texture: { conv1_1: 0.6 } }]);
  assert.match(notes.join("\n"), /0 is a perfect match, 1 as far off as an empty frame[^]*more iterations/);
  assert.ok(notes.every((line) => line.length <= 80));
  assert.doesNotMatch(residualNotes([residuals]).join(), /iterations/);
  assert.deepEqual(residualNotes([{}]), []);
});

Deno.test("residuals have two digits that count, at every size", () => {
  const values = [0, 3.14e-7, 0.00123, 0.4999, 1.26, 34.56, 345.6, 3.4e9];
  assert.deepEqual(values.map(twoDigits), [
    "0",
    "3.1e-7",
    "0.0012",
    "0.50",
    "1.3",
    "35",
    "346",
    "3.4e+9",
  ]);
});

Deno.test("a synthesis that is finished is told with its residuals, anything else without", () => {
  const finished: RunEvent = { ...envelope, type: "instance.finished", seconds: 3, residuals };
  assert.deepEqual(tell(finished), {
    news: "m: finished in 3.0 s\nm: residuals: " +
      "spatial_texture 0.20 (worst layer conv5_1, 0.33), temporal_texture 0.0098",
  });
  assert.deepEqual(tell({ ...envelope, type: "instance.finished", seconds: 3 }), {
    news: "m: finished in 3.0 s",
  });
});

Deno.test("frames are counted from 0, as files and keyframes count them", () => {
  const frame = { ...envelope, type: "frame.finished" as const, of: 12, seconds: 2 };
  assert.deepEqual(tell({ ...frame, frame: 0, residuals }), {
    of: "m",
    progress: "frame 0 finished in 2.0 s (1 of 12), residuals: spatial_texture 0.20, temporal_texture 0.0098",
  });
  assert.deepEqual(tell({ ...frame, frame: -2 }), {
    of: "m",
    progress: "padding frame -2 finished in 2.0 s",
  });
});
