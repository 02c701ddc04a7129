/**
 * The publications that stages rest on, beside their models'.
 * @module
 */
import type { Citation } from "../store/citation.ts";

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

/** Making luminance, histograms and spectra of images equal. */
export const willenbockel2010: Citation = {
  id: "willenbockel2010",
  type: "article",
  authors: [
    "Willenbockel, V.",
    "Sadr, J.",
    "Fiset, D.",
    "Horne, G. O.",
    "Gosselin, F.",
    "Tanaka, J. W.",
  ],
  title: "Controlling low-level image properties: the SHINE toolbox",
  in: "Behavior Research Methods",
  volume: "42",
  pages: "671-684",
  year: 2010,
  doi: "10.3758/BRM.42.3.671",
};

/** Exact histograms. */
export const coltuc2006: Citation = {
  id: "coltuc2006",
  type: "article",
  authors: ["Coltuc, D.", "Bolon, P.", "Chassery, J.-M."],
  title: "Exact histogram specification",
  in: "IEEE Transactions on Image Processing",
  volume: "15",
  pages: "1143-1152",
  year: 2006,
  doi: "10.1109/TIP.2005.864170",
};

/** Warps that keep what is next to what. */
export const stojanoski2014: Citation = {
  id: "stojanoski2014",
  type: "article",
  authors: ["Stojanoski, B.", "Cusack, R."],
  title:
    "Time to wave good-bye to phase scrambling: creating controlled scrambled images using diffeomorphic transformations",
  in: "Journal of Vision",
  volume: "14",
  pages: "6",
  year: 2014,
  doi: "10.1167/14.12.6",
};

/** Interpolation by cubic convolution. */
export const keys1981: Citation = {
  id: "keys1981",
  type: "article",
  authors: ["Keys, R. G."],
  title: "Cubic convolution interpolation for digital image processing",
  in: "IEEE Transactions on Acoustics, Speech, and Signal Processing",
  volume: "29",
  pages: "1153-1160",
  year: 1981,
  doi: "10.1109/TASSP.1981.1163711",
};

/** Optical flow. */
export const farneback2003: Citation = {
  id: "farneback2003",
  type: "inproceedings",
  authors: ["Farnebäck, G."],
  title: "Two-frame motion estimation based on polynomial expansion",
  in: "Scandinavian Conference on Image Analysis",
  pages: "363-370",
  year: 2003,
  doi: "10.1007/3-540-45103-X_50",
};

/** The correlation of directions. */
export const jammalamadaka1988: Citation = {
  id: "jammalamadaka1988",
  type: "inproceedings",
  authors: ["Jammalamadaka, S. R.", "Sarma, Y. R."],
  title: "A correlation coefficient for angular variables",
  in: "Statistical Theory and Data Analysis II",
  pages: "349-364",
  year: 1988,
};

/** The Earth mover's distance around a circle. */
export const rabin2011: Citation = {
  id: "rabin2011",
  type: "article",
  authors: ["Rabin, J.", "Delon, J.", "Gousseau, Y."],
  title: "Transportation distances on the circle",
  in: "Journal of Mathematical Imaging and Vision",
  volume: "41",
  pages: "147-167",
  year: 2011,
  doi: "10.1007/s10851-011-0284-0",
};

/** Bootstrap intervals. */
export const efron1993: Citation = {
  id: "efron1993",
  type: "book",
  authors: ["Efron, B.", "Tibshirani, R. J."],
  title: "An introduction to the bootstrap",
  in: "Chapman & Hall",
  year: 1993,
};

/** Structural similarity. */
export const wang2004: Citation = {
  id: "wang2004",
  type: "article",
  authors: ["Wang, Z.", "Bovik, A. C.", "Sheikh, H. R.", "Simoncelli, E. P."],
  title: "Image quality assessment: from error visibility to structural similarity",
  in: "IEEE Transactions on Image Processing",
  volume: "13",
  pages: "600-612",
  year: 2004,
  doi: "10.1109/TIP.2003.819861",
};

/** Centered kernel alignment of representations. */
export const kornblith2019: Citation = {
  id: "kornblith2019",
  type: "inproceedings",
  authors: ["Kornblith, S.", "Norouzi, M.", "Lee, H.", "Hinton, G."],
  title: "Similarity of neural network representations revisited",
  in: "International Conference on Machine Learning",
  pages: "3519-3529",
  year: 2019,
  arxiv: "1905.00414",
};

/** The unbiased estimate that debiased alignment takes. */
export const song2012: Citation = {
  id: "song2012",
  type: "article",
  authors: ["Song, L.", "Smola, A.", "Gretton, A.", "Bedo, J.", "Borgwardt, K."],
  title: "Feature selection via dependence maximization",
  in: "Journal of Machine Learning Research",
  volume: "13",
  pages: "1393-1434",
  year: 2012,
};

/** Representational geometry. */
export const kriegeskorte2008: Citation = {
  id: "kriegeskorte2008",
  type: "article",
  authors: ["Kriegeskorte, N.", "Mur, M.", "Bandettini, P."],
  title: "Representational similarity analysis – connecting the branches of systems neuroscience",
  in: "Frontiers in Systems Neuroscience",
  volume: "2",
  pages: "4",
  year: 2008,
  doi: "10.3389/neuro.06.004.2008",
};

/** PredNet, and its error beside SSIM. */
export const lotter2017: Citation = {
  id: "lotter2017",
  type: "inproceedings",
  authors: ["Lotter, W.", "Kreiman, G.", "Cox, D."],
  title: "Deep predictive coding networks for video prediction and unsupervised learning",
  in: "International Conference on Learning Representations",
  year: 2017,
  arxiv: "1605.08104",
};
