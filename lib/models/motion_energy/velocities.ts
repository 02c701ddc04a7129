/**
 * The velocities of a scale, and which energies speak for each: those whose orientation and advance lie in the plane of
 * frequencies that a pattern of this velocity has, against those that lie off it (Simoncelli & Heeger 1998).
 * @module
 */
import { advances } from "./energies.ts";
import { frequency, orientations } from "./filters.ts";

/** In pixels of a scale per frame. */
export interface Velocity {
  readonly right: number;
  readonly up: number;
}

const directions = 8;
/** Speeds other than rest, as advances of the filters' gratings in radians: 2/3 and 4/3 of a pixel. */
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
 * The matrix [17, 16] that makes evidence of energies that sum to 1: 1 for a pattern that moves with the velocity, 0 for one
 * that changes at random, -1 for gratings all of which advance by half a turn more.
 */
export function evidenceMatrix(): number[] {
  return velocities.flatMap(({ right, up }) =>
    advances.flatMap((advance) =>
      orientations.map((wave) => 2 * Math.cos(advance - (right * wave.right + up * wave.up)))
    )
  );
}
