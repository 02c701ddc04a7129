/**
 * Frames as a vision model takes them: size, range, channels and normalization as its JSON declares them.
 * @module
 */
import type { Frame } from "../../frames/frame.ts";
import { resizeBilinear } from "../../frames/resize.ts";
import type { TensorValue } from "../../engines/engine.ts";
import type { ModelInput } from "../../models/model_file/model_json.ts";

/** A frame made ready: one plane for each channel, row by row. */
export interface PreparedFrame {
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** A frame of values in [0, 1] as the model takes it: (range x value - mean) / std. */
export function prepareFrame(
  frame: Frame,
  { size, range, mean, std, channels }: Omit<ModelInput, "name" | "layout" | "frames" | "stride">,
): PreparedFrame {
  const { height, width, data } = size === "native" ? frame : resizeBilinear(frame, ...size);
  const pixels = height * width;
  const planes = new Float32Array(3 * pixels);
  for (let plane = 0; plane < 3; plane++) {
    const channel = channels === "rgb" ? plane : 2 - plane;
    const [offset = 0, scale = 1] = [mean[plane], std[plane]];
    const start = plane * pixels;
    for (let pixel = 0; pixel < pixels; pixel++) {
      planes[start + pixel] = (range[1] * data[3 * pixel + channel]! - offset) / scale;
    }
  }
  return { height, width, data: planes };
}

/**
 * The input of a batch of windows, each of as many frames.
 * Throws a RangeError when windows or frames are not all alike.
 */
export function inputTensor(
  windows: readonly (readonly PreparedFrame[])[],
  layout: ModelInput["layout"],
): TensorValue {
  const [count, frames] = [windows.length, windows[0]?.length ?? 0];
  const { height = 0, width = 0 } = windows[0]?.[0] ?? {};
  const pixels = height * width;
  const data = new Float32Array(count * frames * 3 * pixels);
  windows.forEach((window, n) => {
    if (window.length !== frames) throw new RangeError("windows of different lengths");
    window.forEach((frame, t) => {
      if (frame.height !== height || frame.width !== width) throw new RangeError("frames of different sizes");
      const first = (n * frames + t) * 3;
      if (layout === "NHWC") return interleave(frame.data, data, first * pixels);
      for (let c = 0; c < 3; c++) {
        const place = layout === "NCTHW" ? (n * 3 + c) * frames + t : first + c;
        data.set(frame.data.subarray(c * pixels, (c + 1) * pixels), place * pixels);
      }
    });
  });
  const lengths = { N: count, C: 3, T: frames, H: height, W: width };
  return { shape: axesOf(layout).map((axis) => lengths[axis]), data };
}

function interleave(planes: Float32Array, out: Float32Array, start: number): void {
  const pixels = planes.length / 3;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let c = 0; c < 3; c++) out[start + 3 * pixel + c] = planes[c * pixels + pixel]!;
  }
}

/** An axis of what goes into a model. */
export type Axis = "N" | "C" | "T" | "H" | "W";

const axes: Readonly<Record<ModelInput["layout"], readonly Axis[]>> = {
  NCHW: ["N", "C", "H", "W"],
  NHWC: ["N", "H", "W", "C"],
  NCTHW: ["N", "C", "T", "H", "W"],
  NTCHW: ["N", "T", "C", "H", "W"],
};

/** The axes of a layout, in order. */
export function axesOf(layout: ModelInput["layout"]): readonly Axis[] {
  return axes[layout];
}
