/**
 * A picture as every room that handles pixels sees it.
 * @module
 */

/** One frame: `data` is height x width x 3, row-major, RGB, values in [0, 1]. */
export interface Frame {
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** Height and width in pixels. */
export interface Size {
  readonly height: number;
  readonly width: number;
}
