/** Weights of networks that learned nothing, the same on every machine. */
import { uniformValues } from "../../lib/frames/noise.ts";

/**
 * Uniform around 0 with variance 2 / inputs (He et al. 2015), so that activations neither vanish nor grow. The first axis is
 * that of the outputs.
 */
export function randomWeights(
  { seed, stream }: { readonly seed: number; readonly stream: number },
  shape: readonly number[],
): Float32Array<ArrayBuffer> {
  const [outputs = 1, ...inputs] = shape;
  const fanIn = inputs.reduce((product, length) => product * length, 1);
  const bound = Math.sqrt(6 / fanIn);
  return Float32Array.from(
    uniformValues({ seed, frame: stream, purpose: "generated" }, outputs * fanIn),
    (value) => bound * (2 * value - 1),
  );
}
