/**
 * How the values of frames follow light: as files hold them (sRGB), as light itself, or as a power of it.
 * sRGB: IEC 61966-2-1, coded = 12.92 light up to 0.0031308, above it 1.055 light^(1/2.4) - 0.055.
 * @module
 */
import type { Frame } from "./frame.ts";

/** What a value stands for: a coded value of sRGB, light, or light^(1 / gamma). All run from 0 to 1. */
export type Transfer = "srgb" | "linear" | { readonly gamma: number };

/** As it stands in a workflow. */
export function transferWords(transfer: Transfer = "srgb"): string {
  return typeof transfer === "string" ? transfer : `{ gamma: ${transfer.gamma} }`;
}

/** Light of a coded value of sRGB. */
export function lightFromSrgb(coded: number): number {
  return coded <= 0.04045 ? coded / 12.92 : ((coded + 0.055) / 1.055) ** 2.4;
}

/** The coded value of sRGB of light. */
export function srgbFromLight(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** The value of light. */
export function valueOfLight(light: number, transfer: Transfer): number {
  if (transfer === "linear") return light;
  return transfer === "srgb" ? srgbFromLight(light) : light ** (1 / transfer.gamma);
}

/** The light of a value. */
export function lightOfValue(value: number, transfer: Transfer): number {
  if (transfer === "linear") return value;
  return transfer === "srgb" ? lightFromSrgb(value) : value ** transfer.gamma;
}

/** A frame of such values as files hold them: coded by sRGB. Values outside [0, 1] are clipped. */
export function codedFrame(frame: Frame, transfer: Transfer): Frame {
  if (transfer === "srgb") return frame;
  const data = frame.data.map((value) =>
    srgbFromLight(lightOfValue(Math.min(Math.max(value, 0), 1), transfer))
  );
  return { height: frame.height, width: frame.width, data };
}

/** A frame of coded values as such values. Values outside [0, 1] are clipped. */
export function decodedFrame(frame: Frame, transfer: Transfer): Frame {
  if (transfer === "srgb") return frame;
  const data = frame.data.map((coded) =>
    valueOfLight(lightFromSrgb(Math.min(Math.max(coded, 0), 1)), transfer)
  );
  return { height: frame.height, width: frame.width, data };
}
