/**
 * What the names of ffmpeg's pixel formats say.
 * @module
 */

/** More than 8 bits per value: gray16be, yuv420p10le, rgb48be, rgba64le, gbrpf32le, p010le ... */
export function isDeep(pixelFormat: string): boolean {
  return /(?:9|1[0246]|32|48|64)(?:le|be)$|^nv20/.test(pixelFormat);
}

/** A fourth value says how transparent a pixel is. (A palette, pal8, may have transparent colors; its name does not say.) */
export function hasAlpha(pixelFormat: string): boolean {
  return /^(?:rgba|bgra|argb|abgr|ya8|ya16|yuva|gbrap|vuya|ayuv)/.test(pixelFormat);
}

/** Luma and two differences of color, or luma alone as video codecs have it. */
export function isLumaChroma(pixelFormat: string): boolean {
  return !/^(?:gray|ya\d|mono|gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8|x2rgb|x2bgr)/.test(pixelFormat);
}
