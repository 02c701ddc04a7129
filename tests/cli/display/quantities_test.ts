import assert from "node:assert/strict";
import { dataSize } from "../../../lib/cli/display/data_size.ts";
import { roughDuration } from "../../../lib/cli/display/rough_duration.ts";

Deno.test("sizes have two or three digits and the largest unit that fits", () => {
  assert.deepEqual([0, 512, 999, 1000, 1234, 12_345, 999_499, 999_600, 3.4e9, 5e15].map(dataSize), [
    ...["0 bytes", "512 bytes", "999 bytes", "1.0 kB", "1.2 kB"],
    ...["12 kB", "999 kB", "1.0 MB", "3.4 GB", "5000 TB"],
  ]);
});

Deno.test("estimated times have no more digits than an estimate", () => {
  const seconds = [0.04, 4, 45, 89, 100, 900, 5000, 12_000, 70_000, 300_000, 5e6];
  assert.deepEqual(seconds.map(roughDuration), [
    ...["0.0 s", "4.0 s", "45 s", "89 s", "1.7 min", "15 min"],
    ...["83 min", "3.3 h", "19 h", "3.5 days", "58 days"],
  ]);
});
