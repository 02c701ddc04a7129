/**
 * The velocities of a scale, and which energies speak for each: those whose orientation and advance lie in the plane of
 * frequencies that a pattern of this velocity has, against those that lie off it (Simoncelli & Heeger 1998).
 * @module
 */
import { frequency, tunings } from "./filters.ts";

/** In pixels of a scale per frame. */
export interface Velocity {
  readonly right: number;
  readonly up: number;
}

const directions = 8;
/** Speeds other than rest, as advances of the filters' gratings in radians. */
const speeds = [Math.PI / 3, (2 * Math.PI) / 3];

/** Rest, then for each speed the directions counterclockwise from the right. */
export const velocities: readonly Velocity[] = [
  { right: 0, up: 0 },
  ...speeds.flatMap((advance) =>
    Array.from({ length: directions }, (_, i) => {
      const angle = (2 * Math.PI * i) / directions;
      const speed = advance / frequency;
      return { right: speed * Math.cos(angle), up: speed * Math.sin(angle) };
    })
  ),
];

/**
 * The matrix [velocities, energies] that makes evidence of energies that sum to 1: 1 for a pattern that moves with the
 * velocity, 0 for one that changes at random, -1 for gratings all of which advance by half a turn more.
 */
export function evidenceMatrix(): Float32Array {
  return Float32Array.from(velocities.flatMap(({ right, up }) =>
    tunings.map(({ orientation, advance }) => {
      const along = right * Math.cos(orientation) + up * Math.sin(orientation);
      return 2 * Math.cos(advance - frequency * along);
    })
  ));
}
