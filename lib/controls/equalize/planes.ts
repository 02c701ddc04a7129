/**
 * The planes of a frame that are equalized: its luminance, or each of its channels.
 * @module
 */
import type { Frame, Size } from "../../frames/frame.ts";
import { grayWeights, luminanceWeights } from "../../frames/gray.ts";
import { lightOfValue, type Transfer, valueOfLight } from "../../frames/transfer.ts";

/** Values of one kind, row by row; they may leave [0, 1] until they are put back into a frame. */
export interface Plane extends Size {
  readonly values: Float64Array;
}

/** Which values of frames are equalized. */
export interface EqualizedValues {
  /** `coded`: as files hold them (sRGB), as the SHINE toolbox does; `linear`: light. */
  readonly values: "coded" | "linear";
  /** `luminance`: luma of coded values, luminance of light; `separate`: red, green and blue each by itself. */
  readonly channels: "luminance" | "separate";
}

/** How many pixels did not fit after a change. */
export interface Unfit {
  /** Pixels of which a value was cut at 0 or 1. */
  readonly clipped: number;
  /** Pixels whose color was made paler, so that their luminance is what it should be. */
  readonly paler: number;
}

/** The frame with its values in the domain that is equalized, from values that follow light by `transfer`. */
function convert(frame: Frame, from: Transfer, to: Transfer): Frame {
  const same = from === to || (typeof from === "object" && typeof to === "object" && from.gamma === to.gamma);
  if (same) return frame;
  return { ...frame, data: frame.data.map((value) => valueOfLight(lightOfValue(value, from), to)) };
}

function domainOf({ values }: EqualizedValues): Transfer {
  return values === "coded" ? "srgb" : "linear";
}

/** One plane, or three. */
export function planesOf(frame: Frame, transfer: Transfer, wanted: EqualizedValues): readonly Plane[] {
  const { height, width } = frame;
  const { data } = convert(frame, transfer, domainOf(wanted));
  if (wanted.channels === "luminance") {
    return [{ height, width, values: luminanceOf({ height, width, data }, wanted) }];
  }
  return [0, 1, 2].map((channel) => (
    { height, width, values: Float64Array.from({ length: height * width }, (_, i) => data[3 * i + channel]!) }
  ));
}

function luminanceOf({ height, width, data }: Frame, { values }: EqualizedValues): Float64Array {
  const [red, green, blue] = values === "coded" ? grayWeights : luminanceWeights;
  const luminance = new Float64Array(height * width);
  for (let pixel = 0; pixel < luminance.length; pixel++) {
    const [r, g, b] = [data[3 * pixel]!, data[3 * pixel + 1]!, data[3 * pixel + 2]!];
    // The weights' sum is rounded: gray is its own luminance.
    luminance[pixel] = r === g && g === b ? r : red * r + green * g + blue * b;
  }
  return luminance;
}

/**
 * The frame with these planes in the place of its own. Luminance is changed by the same amount in red, green and blue, which
 * keeps the color's difference from gray; where a color then leaves [0, 1], that difference is made smaller, never the
 * luminance. Values outside [0, 1] are clipped.
 */
export function withPlanes(
  frame: Frame,
  planes: readonly Plane[],
  transfer: Transfer,
  wanted: EqualizedValues,
): { readonly frame: Frame; readonly unfit: Unfit } {
  const domain = domainOf(wanted);
  const own = convert(frame, transfer, domain);
  const made = wanted.channels === "luminance"
    ? withLuminance(own, planes[0]!, luminanceOf(own, wanted))
    : withChannels(own, planes);
  return { frame: convert(made.frame, domain, transfer), unfit: made.unfit };
}

/** What is further outside than rounding may lead. */
const visible = 1e-9;

function isOutside(value: number): boolean {
  return value < -visible || value > 1 + visible;
}

function clip(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

function withLuminance({ height, width, data }: Frame, { values }: Plane, before: Float64Array) {
  const changed = new Float32Array(data.length);
  let [clipped, paler] = [0, 0];
  for (let pixel = 0; pixel < values.length; pixel++) {
    const wanted = clip(values[pixel]!);
    if (isOutside(values[pixel]!)) clipped++;
    // The share of the color's difference from gray that fits.
    let share = 1;
    for (let at = 3 * pixel; at < 3 * pixel + 3; at++) {
      const difference = data[at]! - before[pixel]!;
      const room = difference > 0 ? 1 - wanted : wanted;
      if (Math.abs(difference) > room + visible) share = Math.min(share, room / Math.abs(difference));
    }
    if (share < 1) paler++;
    for (let at = 3 * pixel; at < 3 * pixel + 3; at++) {
      changed[at] = clip(wanted + share * (data[at]! - before[pixel]!));
    }
  }
  return { frame: { height, width, data: changed }, unfit: { clipped, paler } };
}

function withChannels({ height, width, data }: Frame, planes: readonly Plane[]) {
  const changed = new Float32Array(data.length);
  let clipped = 0;
  for (let pixel = 0; pixel < height * width; pixel++) {
    if (planes.some(({ values }) => isOutside(values[pixel]!))) clipped++;
    planes.forEach(({ values }, channel) => changed[3 * pixel + channel] = clip(values[pixel]!));
  }
  return { frame: { height, width, data: changed }, unfit: { clipped, paler: 0 } };
}
