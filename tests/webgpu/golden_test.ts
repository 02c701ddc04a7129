/** VGG-19 and MSOE on WebGPU against the authors' code: a Vulkan in software computes for one or two minutes. */
import { openEngine } from "../../lib/engines/open.ts";
import { isMissing, openGolden, relativeError } from "../synthesis/golden/golden_setting.ts";
import { balancedTotal, texture, texturePair } from "../engines/balanced_total.ts";
import { assertAsStated } from "../engines/stated_limits.ts";
import { sharedEngine } from "./shared_engine.ts";

Deno.test({
  name: "losses and the gradient of the balanced total are the authors' code's (two_stream.npz)",
  ignore: isMissing("two_stream.npz"),
  async fn() {
    const golden = await openGolden("two_stream.npz");
    const right = {
      spatial_texture: golden.number("loss_ss"),
      temporal_texture: golden.number("loss_ts"),
      total_variation: golden.number("loss_tv"),
    };
    await using processor = await openEngine({ exact: true });
    const { losses, gradient } = await balancedTotal(
      await sharedEngine(),
      processor,
      texturePair(golden),
      {
        spatial_texture: 1e4 / right.spatial_texture,
        temporal_texture: 1e4 / right.temporal_texture,
        total_variation: 1e3 / right.total_variation,
      },
    );
    const errorOf = (term: keyof typeof right) => Math.abs((losses[term] ?? NaN) / right[term] - 1);
    await assertAsStated("webgpu, 68x160", {
      [texture.spatial_texture]: errorOf("spatial_texture"),
      [texture.temporal_texture]: errorOf("temporal_texture"),
      [texture.total_variation]: errorOf("total_variation"),
      "gradient of the balanced total": relativeError(gradient, golden.frame("grad_equalized_total")),
    });
  },
});
