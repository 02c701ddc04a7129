/**
 * Energies oriented in space and time, from the responses of spatial quadrature filters to two frames.
 *
 * A filter oriented in space-time sees both frames, the previous one with its phase advanced by what a motion would have
 * advanced it (Adelson & Bergen 1985). With p + iq the response of a quadrature pair to the previous frame, r + is to the current
 * one, the energy of an advance a is |(p + iq) exp(ia) + (r + is)|^2 / 4. Written out it is
 * power / 4 + cos(a) kept / 2 + sin(a) turned / 2, of which no part depends on the advance: three images do for all of them.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import { add, concat, multiply, reshape, slice, square, subtract } from "../../graph/operations.ts";
import { orientations } from "./filters.ts";

/** How far a grating's phase advances from the previous to the current frame: not, along, reversed, against. */
export const advances = [0, Math.PI / 2, Math.PI, -Math.PI / 2] as const;

/**
 * Power, kept and turned products of all orientations.
 * @param previous responses [1, 8, h, w]: even filters of all orientations, then odd ones; `current` likewise
 * @returns [12, h, w]
 */
export function products(previous: Tensor, current: Tensor): Tensor {
  const [, , height = 0, width = 0] = current.shape;
  const count = orientations.length;
  const half = (responses: Tensor, first: number) =>
    slice(responses, [0, first, 0, 0], [1, first + count, height, width]);
  const [p, q] = [half(previous, 0), half(previous, count)];
  const [r, s] = [half(current, 0), half(current, count)];
  const power = add(add(square(p), square(q)), add(square(r), square(s)));
  const kept = add(multiply(p, r), multiply(q, s));
  const turned = subtract(multiply(p, s), multiply(q, r));
  return reshape(concat([power, kept, turned], 1), [3 * count, height, width]);
}

/** The twelve products of a pattern at rest of which each orientation has this energy at advance 0. */
export function restingProducts(energy: number): number[] {
  const [power, kept, turned] = [2 * energy, energy, 0] as const;
  return [power, kept, turned].flatMap((value) => orientations.map(() => value));
}

/** The matrix [16, 12] that makes the energies, for each advance all orientations, of `products`. */
export function energyMatrix(): number[] {
  return advances.flatMap((advance) =>
    orientations.flatMap((energy) =>
      [1 / 4, Math.cos(advance) / 2, Math.sin(advance) / 2].flatMap((weight) =>
        orientations.map((product) => (product === energy ? weight : 0))
      )
    )
  );
}
