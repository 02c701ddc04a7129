/**
 * How many threads compute where nobody says it.
 * @module
 */

/** More threads than this only wait for each other on images of the sizes that we make. */
const mostThreads = 16;

/** One for each core that the system tells of; where so many engines compute at a time, each has its share. */
export function defaultThreads(engines = 1): number {
  return Math.min(threadsOfEach(navigator.hardwareConcurrency, engines), mostThreads);
}

/** The share of each engine, at least one. */
export function threadsOfEach(threads: number, engines: number): number {
  return Math.max(1, Math.floor(threads / engines));
}
