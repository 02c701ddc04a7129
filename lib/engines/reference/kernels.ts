/**
 * What each operation means, in float64.
 * @module
 */
import { convolutionKernels } from "./convolution_kernels.ts";
import { elementwiseKernels } from "./elementwise_kernels.ts";
import type { Kernels } from "./kernel.ts";
import { layoutKernels } from "./layout_kernels.ts";
import { linearAlgebraKernels } from "./linear_algebra_kernels.ts";
import { poolingKernels } from "./pooling_kernels.ts";

/** Kernels of all operations. */
export const kernels: Kernels = {
  constant: ({ data }) => Float64Array.from(data),
  ...elementwiseKernels,
  ...linearAlgebraKernels,
  ...convolutionKernels,
  ...poolingKernels,
  ...layoutKernels,
};
