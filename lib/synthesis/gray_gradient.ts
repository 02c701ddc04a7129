/**
 * The gradient within gray frames.
 * @module
 */

/** Each pixel's mean over the channels, in all three: then an update keeps red, green and blue equal. */
export function grayGradient(gradient: Float32Array): Float32Array {
  const gray = new Float32Array(gradient.length);
  for (let at = 0; at < gray.length; at += 3) {
    gray.fill((gradient[at]! + gradient[at + 1]! + gradient[at + 2]!) / 3, at, at + 3);
  }
  return gray;
}
