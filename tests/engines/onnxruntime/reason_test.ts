import assert from "node:assert/strict";
import { reasonOf } from "../../../lib/engines/onnxruntime/sessions.ts";

Deno.test("of ONNX Runtime's messages what a user can read is told, without places in its source", () => {
  const told = [
    [
      "/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:154 std::conditional_t<THRW, void> onnxruntime::CudaCall(ERRTYPE) " +
      "CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ; hostname=vm ; expr=cudaSetDevice(info_.device_id); \n",
      "CUDA failure 100: no CUDA-capable device is detected",
    ],
    [
      "/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::Initialize() " +
      "adapter_result.status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters\n\n",
      "Failed to get a WebGPU adapter: No supported adapters",
    ],
    ["This session contains graph nodes\nand more", "This session contains graph nodes"],
  ] as const;
  for (const [message, reason] of told) assert.equal(reasonOf(new Error(message)), reason);
});
