/**
 * What names look like: those of videos, stages, models and matrix variables. They become names of folders.
 * @module
 */

/** Characters of the longest name. */
export const longestName = 64;

/** The pattern of all names. */
export const namePattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
