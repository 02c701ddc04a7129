/**
 * Sizes of files in words.
 * @module
 */

const units = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** "512 bytes", "1.2 MB", "35 GB": decimal, as disks are sold. */
export function dataSize(bytes: number): string {
  let size = bytes;
  let step = 0;
  while (size >= 999.5 && step < units.length - 1) {
    size /= 1000;
    step++;
  }
  const digits = step > 0 && size < 9.95 ? 1 : 0;
  return `${size.toFixed(digits)} ${units[step]}`;
}
