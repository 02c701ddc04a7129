/**
 * How long the main thread was busy at a stretch: signals and the display wait that long.
 * @module
 */

const tick = 50;

/** Measures until disposed. */
export interface PauseMeter extends Disposable {
  /** In milliseconds. */
  longest(): number;
}

/** Starts measuring. */
export function measurePauses(): PauseMeter {
  let longest = 0;
  let last = performance.now();
  const observe = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last - tick);
    last = now;
  };
  const timer = setInterval(observe, tick);
  return {
    longest() {
      observe();
      return Math.max(0, Math.round(longest));
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
