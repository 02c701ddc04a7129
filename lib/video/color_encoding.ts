/**
 * How the numbers of a video file stand for colors.
 * @module
 */

/** The matrix between RGB and what is stored, by ffmpeg's scaler's names; "rgb" where RGB itself is stored. */
export type ColorMatrix = "bt601" | "bt709" | "fcc" | "smpte240m" | "bt2020" | "rgb";

/** Whether black and white are 16 and 235, or 0 and 255. */
export type ColorRange = "limited" | "full";

/** Matrix and range; `assumed` when the file does not say both. */
export interface ColorEncoding {
  readonly matrix: ColorMatrix;
  readonly range: ColorRange;
  readonly assumed: boolean;
}

/** The tags of the matrix (ISO/IEC 23091-2, as ffprobe names them) that a file can carry. */
const taggedMatrices: Readonly<Record<string, ColorMatrix>> = {
  bt709: "bt709",
  bt470bg: "bt601",
  smpte170m: "bt601",
  fcc: "fcc",
  smpte240m: "smpte240m",
  bt2020nc: "bt2020",
  bt2020c: "bt2020",
  gbr: "rgb",
};

/** Above this many rows a video without a tag is taken for high definition. */
const rowsOfStandardDefinition = 576;

/** Pixel formats that hold RGB values or a palette of them. */
const rgbFormats = /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8|x2rgb|x2bgr|mono)/;

/** From ffprobe's tags; what they leave open is assumed as ffmpeg and most players do. */
export function colorEncoding(
  tags: {
    readonly pixelFormat: string;
    readonly matrix: string;
    readonly range: string;
    readonly rows: number;
  },
): ColorEncoding {
  if (rgbFormats.test(tags.pixelFormat)) return { matrix: "rgb", range: "full", assumed: false };
  const matrix = taggedMatrices[tags.matrix];
  const range = rangeOf(tags.range, tags.pixelFormat);
  return {
    matrix: matrix ?? (tags.rows > rowsOfStandardDefinition ? "bt709" : "bt601"),
    range: range ?? "limited",
    assumed: matrix === undefined || range === undefined,
  };
}

function rangeOf(tag: string, pixelFormat: string): ColorRange | undefined {
  // The formats yuvj... are JPEG's: full range, whether tagged or not.
  if (tag === "pc" || pixelFormat.startsWith("yuvj")) return "full";
  return tag === "tv" ? "limited" : undefined;
}
