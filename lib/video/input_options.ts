/**
 * How ffmpeg and ffprobe open a file: as the one file of that name, and nothing else.
 * @module
 */

/** More pixels than any frame needs: an image that claims so many is refused instead of given gigabytes of memory. */
const mostPixels = 8192 * 8192;

/** Images of which ffmpeg takes `%02d`, `%*`, `%?`, `%[` and `%{` in a name for several files. */
const listable =
  /%.*\.(png|apng|jpe?g|jpe|jfif|bmp|tiff?|webp|p[abgpnf]m|tga|exr|dpx|jp2|j2k|sgi|ras|hdr|xbm|pcx)$/i;

/** Options before the name of an input. */
export function inputOptions(path: string): readonly string[] {
  return ["-protocol_whitelist", "file", "-max_pixels", `${mostPixels}`, ...nameOptions(path)];
}

function nameOptions(path: string): readonly string[] {
  if (listable.test(path)) return ["-pattern_type", "none"];
  // As an image a GIF would have one frame only.
  return /%.*\.gif$/i.test(path) ? ["-f", "gif"] : [];
}

/** Options before a list of images that ffmpeg is told through its standard input. */
export const imageListOptions: readonly string[] = [
  ...["-f", "concat", "-safe", "0", "-protocol_whitelist", "file,pipe", "-max_pixels", `${mostPixels}`],
];

/** Such a list: one image after the other, each as one frame. Paths are absolute. */
export function imageList(paths: readonly string[]): string {
  return paths.map((path) => `file 'file:${path.replaceAll("'", `'\\''`)}'\nduration 1\n`).join("");
}
