/**
 * The shape of a PredNet: how many channels its levels have, and which convolutions that makes.
 *
 * Lotter, W., Kreiman, G. & Cox, D. Deep predictive coding networks for video prediction and unsupervised learning.
 * International Conference on Learning Representations (2017). arXiv:1605.08104
 * @module
 */

/** The convolutions of a level, in the order in which Keras lists them: the gates of the ConvLSTM are c, f, i and o. */
export const units = ["a", "ahat", "c", "f", "i", "o"] as const;

/** `a` makes what the next level predicts, `ahat` a level's prediction. */
export type Unit = (typeof units)[number];

/** The gates of a ConvLSTM, in the order in which their convolutions are made as one. */
export const gates = ["i", "f", "o", "c"] as const;

/** Channels that each level predicts, lowest first; the first are those of a frame. */
export type Stacks = readonly number[];

/** The network that was trained on KITTI. */
export const kittiStacks: Stacks = [3, 48, 96, 192];

/** The top level has no level to make anything for. */
export function hasUnit(stacks: Stacks, unit: Unit, level: number): boolean {
  return unit !== "a" || level + 1 < stacks.length;
}

/** Inputs and outputs of a convolution. Errors are signed by channel, so that there are twice as many as predictions. */
export function channelsOf(
  stacks: Stacks,
  unit: Unit,
  level: number,
): readonly [inputs: number, outputs: number] {
  const own = stacks[level] ?? 0;
  const above = stacks[level + 1] ?? 0;
  switch (unit) {
    case "a":
      return [2 * own, above];
    case "ahat":
      return [own, own];
    default:
      return [3 * own + above, own];
  }
}

/** Sides of frames must be multiples of this: each level has half the height and width of the one below. */
export function sideMultiple(levels: number): number {
  return 2 ** (levels - 1);
}
