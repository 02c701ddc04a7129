/**
 * The table of ONNX Runtime's providers.
 * @module
 */
import { cpus } from "node:os";
import { gpuDialect } from "../lowering/gpu_dialect.ts";
import { processorDialect } from "../lowering/dialect.ts";
import { requireCudaLibrary, whyNotLoaded } from "./cuda_library.ts";
import { cudaDeviceName } from "./nvidia_devices.ts";
import { requireVulkan } from "./vulkan_library.ts";
import type { ProviderName } from "../../platforms.ts";
import type { Provider } from "./provider.ts";

/** What GPUs have in common. */
const gpu = {
  dialect: (_, precision) => gpuDialect(precision),
  isWhole: true,
  keepsTensors: false,
} satisfies Partial<Provider>;

/**
 * cuBLAS, cuDNN and TensorRT round operands of float32 to ten bits (TF32) unless this says no. ONNX Runtime's Node binding has
 * no option for it; who sets it keeps it.
 */
function forbidTensorFloat32(): void {
  const name = "NVIDIA_TF32_OVERRIDE";
  if (Deno.env.get(name) === undefined) Deno.env.set(name, "0");
}

/** CoreML's flags: an ML program; not on the neural engine, which computes in float16. */
const coreMlFlags = 0x010 | 0x020;

/** By the name that is asked for. */
export const providers: { readonly [K in ProviderName]: Provider } = {
  cpu: {
    backend: "cpu",
    dialect: processorDialect,
    sessions: () => ["cpu"],
    isWhole: false,
    keepsTensors: false,
    deviceName: () => cpus()[0]?.model.trim() ?? "unknown",
    hint: "",
  },
  webgpu: {
    ...gpu,
    backend: "webgpu",
    convolution: "direct",
    sessions: () => ["webgpu"],
    keepsTensors: true,
    requireLibrary: requireVulkan,
    deviceName: () => "the graphics adapter that WebGPU chose",
    hint:
      "It needs a graphics driver with Vulkan (Linux: libvulkan.so.1 and the driver's own library), Direct3D 12 or Metal.",
  },
  cuda: {
    ...gpu,
    backend: "cuda",
    convolution: "provider",
    sessions: (deviceId) => [{ name: "cuda", deviceId }],
    deviceName: cudaDeviceName,
    prepare: forbidTensorFloat32,
    requireLibrary: () => requireCudaLibrary("cuda"),
    whyNotLoaded: () => whyNotLoaded("cuda"),
    hint: "nvidia-smi says whether NVIDIA's driver works and which devices there are.",
  },
  tensorrt: {
    ...gpu,
    backend: "tensorrt",
    convolution: "provider",
    sessions: (deviceId) => [{ name: "tensorrt", deviceId }, { name: "cuda", deviceId }],
    deviceName: cudaDeviceName,
    prepare: forbidTensorFloat32,
    requireLibrary: async () => {
      await requireCudaLibrary("tensorrt");
      await requireCudaLibrary("cuda");
    },
    whyNotLoaded: () => whyNotLoaded("tensorrt") ?? whyNotLoaded("cuda"),
    hint: "nvidia-smi says whether NVIDIA's driver works and which devices there are.",
  },
  coreml: {
    ...gpu,
    backend: "coreml",
    convolution: "provider",
    sessions: () => [{ name: "coreml", coreMlFlags }],
    // It knows some operators; the processor computes the rest, in float32 too.
    isWhole: false,
    deviceName: () => `${cpus()[0]?.model.trim() ?? "unknown"}, processor and GPU as CoreML chooses`,
    hint: "",
  },
  directml: {
    ...gpu,
    backend: "dml",
    convolution: "provider",
    sessions: (deviceId) => [{ name: "dml", deviceId }],
    deviceName: (device) => `DirectX device ${device}`,
    hint: "It needs a graphics driver with Direct3D 12.",
  },
};
