/**
 * The names of NVIDIA's GPUs, as the Linux driver tells them.
 * @module
 */

const folder = "/proc/driver/nvidia/gpus";

/**
 * "NVIDIA H100 (CUDA device 1)", or "CUDA device 1" where several GPUs have different names: CUDA counts them by speed, and
 * leaves out what CUDA_VISIBLE_DEVICES hides.
 */
export function cudaDeviceName(device: number): string {
  const models = new Set(modelNames());
  const [model] = models;
  const number = `CUDA device ${device}`;
  return models.size === 1 && model !== undefined ? `${model} (${number})` : number;
}

/** Of every GPU that the driver knows; none where there is no such driver. */
function modelNames(): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].flatMap(({ name }) => {
      const model = Deno.readTextFileSync(`${folder}/${name}/information`).match(/^Model:\s*(.+?)\s*$/m)?.[1];
      return model === undefined ? [] : [model];
    });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return [];
    throw error;
  }
}
