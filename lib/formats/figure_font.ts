/**
 * The font of texts in figures: a bare machine has none, so it is brought along.
 * @module
 */

/** Its name. */
export const fontFamily = "DejaVu Sans";

/** Its files, regular and bold, as modules. */
export const fontFiles = [
  "@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2",
  "@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2",
] as const;
