/** A PredNet that learned nothing, in the file that Keras writes. */
import { prednetArrays, prednetFile } from "../models/prednet/prednet_file.ts";
import { randomWeights } from "./random_weights.ts";

/** Three levels, so that it takes frames whose sides are multiples of 4. */
export const smallStacks = [3, 8, 16];

/** Its biases are 0 but that of the predicted pixels, which are gray where nothing else is known. */
export async function randomPrednet(seed: number): Promise<Uint8Array> {
  const arrays = prednetArrays(smallStacks).map((array, stream) => {
    if (array.part === "bias") {
      const gray = array.unit === "ahat" && array.level === 0 ? 0.5 : 0;
      return { ...array, data: new Float32Array(array.data.length).fill(gray) };
    }
    const [height = 0, width = 0, inputs = 0, outputs = 0] = array.shape;
    return { ...array, data: randomWeights({ seed, stream }, [outputs, height, width, inputs]) };
  });
  return await prednetFile(arrays, { backend: "tensorflow" });
}
