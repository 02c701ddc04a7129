/**
 * From a file to frames of numbers: for material of more than 8 bits, transparent pixels, and values that follow light
 * in another way than the file's. Light is decoded before anything is averaged.
 * @module
 */
import type { Frame, Size } from "../frames/frame.ts";
import { grayWeights, luminanceWeights } from "../frames/gray.ts";
import { lightFromSrgb, type Transfer, valueOfLight } from "../frames/transfer.ts";
import { decodeRaw, type Decoding, decodingFilters } from "./decode.ts";
import { fitFrame } from "./fit_frame.ts";
import type { Values } from "./values.ts";

/** What the frames are to be. */
export interface WorkingValues {
  readonly values: Values;
  /** How the frames' values follow light. The file's are taken as coded by sRGB. */
  readonly transfer: Transfer;
  /** Three times the luma of coded values, or the luminance of light. */
  readonly gray: boolean;
}

/** What shines through transparent pixels. */
const behind = 0.5;

/** The frames `start`, `start + step` ... of a file, in [0, 1]. Throws as `decodeRaw` does. */
export async function* decodeValues(decoding: Decoding, working: WorkingValues): AsyncGenerator<Frame> {
  const { source, size, fit } = decoding;
  const { raw } = working.values;
  const convert = converter(working);
  for await (const bytes of decodeRaw(decoding, raw, source, decodingFilters(decoding, raw, source))) {
    yield fitFrame(convert(bytes, source), size, fit);
  }
}

/** From ffmpeg's bytes to a frame of the same size. Every level's value is computed once. */
function converter({ values: { raw, white, alpha }, transfer, gray }: WorkingValues) {
  const [wide, channels] = [raw === "rgb48le" || raw === "rgba64le", alpha ? 4 : 3];
  const coded = Float64Array.from({ length: wide ? 65536 : 256 }, (_, level) => Math.min(level / white, 1));
  // Gray of light is made before light becomes another value.
  const first = transfer === "srgb" || !gray ? transfer : "linear";
  const table = first === "srgb" ? coded : coded.map((value) => valueOfLight(lightFromSrgb(value), first));
  const [red, green, blue] = transfer === "srgb" ? grayWeights : luminanceWeights;
  const ofGray = (value: number) => first === transfer ? value : valueOfLight(value, transfer);

  return (bytes: Uint8Array, { height, width }: Size): Frame => {
    const levels = wide ? littleEndian(bytes) : bytes;
    const data = new Float32Array(height * width * 3);
    const value = (at: number) => table[levels[at] ?? 0] ?? 0;
    for (let pixel = 0; pixel < height * width; pixel++) {
      const [from, to] = [pixel * channels, pixel * 3];
      const opaque = alpha ? coded[levels[from + 3] ?? 0] ?? 0 : 1;
      let [r, g, b] = [value(from), value(from + 1), value(from + 2)];
      if (gray) r = g = b = ofGray(red * r + green * g + blue * b);
      data[to] = opaque * r + (1 - opaque) * behind;
      data[to + 1] = opaque * g + (1 - opaque) * behind;
      data[to + 2] = opaque * b + (1 - opaque) * behind;
    }
    return { height, width, data };
  };
}

function littleEndian(bytes: Uint8Array): Uint16Array {
  const words = new Uint16Array(bytes.length / 2);
  for (let i = 0; i < words.length; i++) words[i] = (bytes[2 * i] ?? 0) | ((bytes[2 * i + 1] ?? 0) << 8);
  return words;
}
