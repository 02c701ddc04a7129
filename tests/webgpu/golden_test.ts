/** VGG-19 and MSOE on WebGPU against the authors' code: a minute or two on a Vulkan in software, nearly all of it convolutions. */
import { isMissing } from "../synthesis/golden/golden_setting.ts";
import { assertGoldenTotal } from "../engines/balanced_total.ts";
import { sharedEngine } from "./shared_engine.ts";

Deno.test({
  name: "losses and the gradient of the balanced total are the authors' code's (two_stream.npz)",
  ignore: isMissing("two_stream.npz"),
  fn: async () => await assertGoldenTotal("webgpu, 68x160", await sharedEngine()),
});
