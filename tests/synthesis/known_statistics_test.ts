import assert from "node:assert/strict";
import v8 from "node:v8";
import vm from "node:vm";
import type { Frame } from "../../lib/frames/frame.ts";
import { KnownStatistics } from "../../lib/synthesis/known_statistics.ts";
import { noiseFrame } from "./tiny_models.ts";

const statistics = (value: number) => ({ gram: { shape: [1], data: Float32Array.of(value) } });

Deno.test("statistics are known of a term, a frame and the frame before it together", () => {
  const known = new KnownStatistics();
  const [first, second] = [noiseFrame(1, 16, 16), noiseFrame(2, 16, 16)];
  const [alone, pair] = [statistics(1), statistics(2)];
  known.set("spatial_texture", second, [], alone);
  known.set("temporal_texture", second, [first], pair);
  assert.equal(known.get("spatial_texture", second, []), alone);
  assert.equal(known.get("temporal_texture", second, [first]), pair);
  assert.equal(known.get("temporal_texture", second, [second]), undefined);
  assert.equal(known.get("spatial_content", second, []), undefined);
  assert.equal(known.get("temporal_texture", first, [second]), undefined);
});

Deno.test("the last frame of a clip does not keep those before it in memory", async () => {
  v8.setFlagsFromString("--expose-gc");
  const collect: () => void = vm.runInNewContext("gc");
  const known = new KnownStatistics();
  const seen: WeakRef<Frame>[] = [];
  const walk = (): Frame => {
    let previous = noiseFrame(0, 16, 16);
    for (let time = 1; time <= 5; time++) {
      const current = noiseFrame(time, 16, 16);
      known.set("temporal_texture", current, [previous], statistics(time));
      seen.push(new WeakRef(previous));
      previous = current;
    }
    return previous;
  };
  const last = walk();
  // A WeakRef holds its frame until the turn is over.
  await new Promise((resolve) => setTimeout(resolve, 0));
  collect();
  assert.deepEqual(seen.map((frame) => frame.deref() !== undefined), [false, false, false, false, false]);
  assert.equal(known.get("temporal_texture", last, []), undefined);
});
