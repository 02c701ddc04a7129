/**
 * The publications that the models rest on.
 * @module
 */
import type { Citation } from "../store/citation.ts";

/** VGG-19. */
export const simonyan2015: Citation = {
  id: "simonyan2015",
  type: "inproceedings",
  authors: ["Simonyan, K.", "Zisserman, A."],
  title: "Very deep convolutional networks for large-scale image recognition",
  in: "International Conference on Learning Representations",
  year: 2015,
  arxiv: "1409.1556",
};

/** MSOE, and its topology. */
export const tesfaldet2018: Citation = {
  id: "tesfaldet2018",
  type: "inproceedings",
  authors: ["Tesfaldet, M.", "Brubaker, M. A.", "Derpanis, K. G."],
  title: "Two-stream convolutional networks for dynamic texture synthesis",
  in: "IEEE/CVF Conference on Computer Vision and Pattern Recognition",
  year: 2018,
  arxiv: "1706.06982",
};

/** Statistics of oriented filters. */
export const portilla2000: Citation = {
  id: "portilla2000",
  type: "article",
  authors: ["Portilla, J.", "Simoncelli, E. P."],
  title: "A parametric texture model based on joint statistics of complex wavelet coefficients",
  in: "International Journal of Computer Vision",
  volume: "40",
  pages: "49-70",
  year: 2000,
  doi: "10.1023/A:1026553619983",
};

/** Motion energy. */
export const adelson1985: Citation = {
  id: "adelson1985",
  type: "article",
  authors: ["Adelson, E. H.", "Bergen, J. R."],
  title: "Spatiotemporal energy models for the perception of motion",
  in: "Journal of the Optical Society of America A",
  volume: "2",
  pages: "284-299",
  year: 1985,
  doi: "10.1364/JOSAA.2.000284",
};

/** Pooling over the orientations of a velocity. */
export const simoncelli1998: Citation = {
  id: "simoncelli1998",
  type: "article",
  authors: ["Simoncelli, E. P.", "Heeger, D. J."],
  title: "A model of neuronal responses in visual area MT",
  in: "Vision Research",
  volume: "38",
  pages: "743-761",
  year: 1998,
  doi: "10.1016/S0042-6989(97)00183-1",
};

/** The same in machine vision. */
export const derpanis2012: Citation = {
  id: "derpanis2012",
  type: "article",
  authors: ["Derpanis, K. G.", "Wildes, R. P."],
  title: "Spacetime texture representation and recognition based on a spatiotemporal orientation analysis",
  in: "IEEE Transactions on Pattern Analysis and Machine Intelligence",
  year: 2012,
};
