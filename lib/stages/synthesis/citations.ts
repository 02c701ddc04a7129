/**
 * The publications that a synthesis rests on, beside its models'.
 * @module
 */
import type { Citation } from "../../store/citation.ts";

/** Spatiotemporal style transfer. */
export const greco2025: Citation = {
  id: "greco2025",
  type: "article",
  authors: ["Greco, A.", "Siegel, M."],
  title: "A spatiotemporal style transfer algorithm for dynamic visual stimulus generation",
  in: "Nature Computational Science",
  volume: "5",
  pages: "155-169",
  year: 2025,
  doi: "10.1038/s43588-024-00746-w",
};

/** Matching of color distributions, and the regraining after it. */
export const pitie2007: Citation = {
  id: "pitie2007",
  type: "article",
  authors: ["Pitié, F.", "Kokaram, A. C.", "Dahyot, R."],
  title: "Automated colour grading using colour distribution transfer",
  in: "Computer Vision and Image Understanding",
  volume: "107",
  pages: "123-137",
  year: 2007,
  doi: "10.1016/j.cviu.2006.11.011",
};

/** Transfer of means and standard deviations in a decorrelated color space. */
export const reinhard2001: Citation = {
  id: "reinhard2001",
  type: "article",
  authors: ["Reinhard, E.", "Ashikhmin, M.", "Gooch, B.", "Shirley, P."],
  title: "Color transfer between images",
  in: "IEEE Computer Graphics and Applications",
  volume: "21",
  pages: "34-41",
  year: 2001,
  doi: "10.1109/38.946629",
};

/** Adam. */
export const kingma2015: Citation = {
  id: "kingma2015",
  type: "inproceedings",
  authors: ["Kingma, D. P.", "Ba, J."],
  title: "Adam: a method for stochastic optimization",
  in: "International Conference on Learning Representations",
  year: 2015,
  arxiv: "1412.6980",
};

/** L-BFGS. */
export const liu1989: Citation = {
  id: "liu1989",
  type: "article",
  authors: ["Liu, D. C.", "Nocedal, J."],
  title: "On the limited memory BFGS method for large scale optimization",
  in: "Mathematical Programming",
  volume: "45",
  pages: "503-528",
  year: 1989,
  doi: "10.1007/BF01589116",
};
