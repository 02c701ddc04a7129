/** A render on WebGPU beside the processor's: a second or two for each iteration on a Vulkan in software. */
import { openEngine } from "../../../lib/engines/open.ts";
import { firstOctave } from "../../engines/first_octave.ts";
import { assertAsStated } from "../../engines/stated_limits.ts";
import { difference } from "../../frames/golden_frames.ts";
import { sharedEngine } from "../shared_engine.ts";

Deno.test("webgpu: the first octave of a transition ends where the processor's does", async () => {
  await using judge = await openEngine({ engine: "onnxruntime" });
  const [found, expected] = [await firstOctave(await sharedEngine()), await firstOctave(judge)];
  await assertAsStated("webgpu, first octave of a transition", {
    "mean absolute difference of the frame from the processor's": difference(found, expected).mean,
  });
});
