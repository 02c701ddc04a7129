/**
 * The colors of all charts.
 * @module
 */

/**
 * Colors that are told apart in all common kinds of color vision (Okabe & Ito 2008), the darkest first. Their black is a gray that shows
 * in dark mode as well, and their yellow, which is faint on white, is left out.
 */
export const palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5a5a5a"] as const;

/** Of what others are compared with: no color, and shown thicker. */
export const referenceColor = "#808080";

/** Colors of what is beside a reference: no other gray is among them. */
export const colorsBesideReference: readonly string[] = palette.slice(0, 6);
