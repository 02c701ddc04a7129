/**
 * A picture as every room that handles pixels sees it.
 * @module
 */

/** One frame: `data` is height x width x 3, row-major, RGB, values in [0, 1]. */
export interface Frame {
  /** In pixels. */
  readonly height: number;
  /** In pixels. */
  readonly width: number;
  /** Row by row, red, green and blue of each pixel. */
  readonly data: Float32Array;
}

/** Height and width in pixels. */
export interface Size {
  /** In pixels. */
  readonly height: number;
  /** In pixels. */
  readonly width: number;
}
