/**
 * The sixteen convolutions of VGG-19 (configuration E of Simonyan & Zisserman 2015), 3x3 each, in five blocks.
 * @module
 */

/** One convolution: after it a ReLU, before the first of each later block a 2x2 max pooling. */
export interface Convolution {
  readonly name: string;
  readonly block: number;
  /** Place in its block, from 1. */
  readonly place: number;
  readonly inputs: number;
  readonly outputs: number;
}

const blocks: readonly { readonly convolutions: number; readonly channels: number }[] = [
  { convolutions: 2, channels: 64 },
  { convolutions: 2, channels: 128 },
  { convolutions: 4, channels: 256 },
  { convolutions: 4, channels: 512 },
  { convolutions: 4, channels: 512 },
];

/** All convolutions from the image on. */
export const convolutions: readonly Convolution[] = blocks.flatMap(({ convolutions, channels }, index) =>
  Array.from({ length: convolutions }, (_, i) => ({
    name: `conv${index + 1}_${i + 1}`,
    block: index + 1,
    place: i + 1,
    inputs: i > 0 ? channels : blocks[index - 1]?.channels ?? 3,
    outputs: channels,
  }))
);

/** Their names: `conv1_1` to `conv5_4`. */
export const convolutionNames: readonly string[] = convolutions.map(({ name }) => name);
