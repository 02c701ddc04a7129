/**
 * Values for tests: fixed by a seed, all different, none near 0, so that no operation is tried at a kink.
 * @module
 */

/** A number in [0, 1) at each call (Mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The rungs of a ladder from -1 to 1 in random order: no two are nearer than 2 / count, none nearer to 0 than .3 / count. */
export function distinctValues(count: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const rungs = Float64Array.from({ length: count }, (_, rung) => (2 * rung + 1.3) / count - 1);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a = NaN, b = NaN] = [rungs[last], rungs[other]];
    rungs[last] = b;
    rungs[other] = a;
  }
  return rungs;
}
