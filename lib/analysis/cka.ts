/**
 * Linear centered kernel alignment: how alike two representations of the same samples are, whatever rotation and size
 * they have (Kornblith, Norouzi, Lee & Hinton 2019, "Similarity of neural network representations revisited"), and its
 * debiased form, for samples that are few beside their features (the unbiased HSIC of Song et al. 2012, "Feature selection
 * via dependence maximization").
 * @module
 */
import { dot, ownRowProducts, rowProducts, type Rows } from "./row_products.ts";

/** Samples with their features: a matrix, in one of its two orders. */
export interface Representation {
  /** How many there are. */
  readonly samples: number;
  /** Of each sample. */
  readonly features: number;
  /** All numbers of a sample together, or all numbers of a feature. */
  readonly order: "by_sample" | "by_feature";
  /** samples x features, or features x samples. */
  readonly data: Float32Array | Float64Array;
}

/** What two representations have in common. */
export interface Alignment {
  /** From 0 to 1, invariant to rotations and isotropic scaling of either representation. */
  readonly cka: number;
  /** Without the bias of few samples: may be negative, and is undefined for fewer than four samples. */
  readonly debiased: number | undefined;
}

/** A representation of which everything is computed that another one does not change. */
export interface CenteredRepresentation {
  /** How many there are. */
  readonly samples: number;
  /** One row for each feature, of mean 0. */
  readonly byFeature: Rows;
  /** The products of the samples with each other, where these are fewer than the features. */
  readonly kernel: Float64Array | undefined;
  /** The product of each sample with itself. */
  readonly diagonal: Float64Array;
  /** tr(K K), K being the products of the samples. */
  readonly energy: number;
}

/**
 * Centers each feature. A feature that is the same in all samples becomes exactly 0.
 * Throws a RangeError when the sizes do not fit the data, or there is no sample.
 */
export function centered(representation: Representation): CenteredRepresentation {
  const { samples, features, data } = representation;
  if (samples < 1 || features < 1 || data.length !== samples * features) {
    throw new RangeError(`${data.length} numbers are not ${samples} samples of ${features} features`);
  }
  const byFeature = { count: features, length: samples, data: featuresOf(representation) };
  for (let feature = 0; feature < features; feature++) {
    center(byFeature.data.subarray(feature * samples, (feature + 1) * samples));
  }
  if (samples < features) {
    const kernel = ownRowProducts(transposed(byFeature));
    const diagonal = Float64Array.from({ length: samples }, (_, i) => kernel[i * samples + i]!);
    return { samples, byFeature, kernel, diagonal, energy: dot(kernel, kernel) };
  }
  const products = ownRowProducts(byFeature);
  const diagonal = sumsOfSquares(byFeature);
  return { samples, byFeature, kernel: undefined, diagonal, energy: dot(products, products) };
}

/**
 * Linear CKA of two representations of the same samples. Where features do not change from sample to sample there is
 * nothing to align: 1 when that is so on both sides, 0 when on one.
 * Throws a RangeError when they have different numbers of samples.
 */
export function alignment(a: CenteredRepresentation, b: CenteredRepresentation): Alignment {
  const { samples } = a;
  if (b.samples !== samples) throw new RangeError(`${samples} samples cannot be aligned with ${b.samples}`);
  const common = commonEnergy(a, b);
  const cka = Math.min(ratio(common, a.energy, b.energy), 1);
  if (samples < 4) return { cka, debiased: undefined };
  return { cka, debiased: ratio(unbiased(common, a, b), unbiasedEnergy(a), unbiasedEnergy(b)) };
}

/** Linear CKA of two matrices of the same samples: see `alignment`. */
export function linearCka(a: Representation, b: Representation): Alignment {
  return alignment(centered(a), centered(b));
}

/** tr(K L) = ||Y' X||^2. */
function commonEnergy(a: CenteredRepresentation, b: CenteredRepresentation): number {
  if (a.kernel !== undefined && b.kernel !== undefined) return dot(a.kernel, b.kernel);
  const products = rowProducts(a.byFeature, b.byFeature);
  return dot(products, products);
}

/**
 * The unbiased estimator of HSIC by Song et al. (their equation 4), of kernels without their diagonals. Each row of a
 * centered kernel sums to 0, so that without its diagonal it sums to minus that.
 */
function unbiased(
  common: number,
  { samples: n, diagonal: k }: CenteredRepresentation,
  { diagonal: l }: CenteredRepresentation,
): number {
  const diagonals = dot(k, l);
  const sums = sum(k) * sum(l) / ((n - 1) * (n - 2));
  return (common - diagonals + sums - 2 * diagonals / (n - 2)) / (n * (n - 3));
}

/** What is small beside the terms that it is the difference of is their rounding. */
const rounding = 1e-10;

/** 0 where all samples but one are alike: then nothing is left without the bias. */
function unbiasedEnergy(a: CenteredRepresentation): number {
  const found = unbiased(a.energy, a, a);
  return found <= rounding * a.energy / (a.samples * (a.samples - 3)) ? 0 : found;
}

function ratio(common: number, energyOfA: number, energyOfB: number): number {
  const [aIsConstant, bIsConstant] = [energyOfA <= 0, energyOfB <= 0];
  if (aIsConstant || bIsConstant) return aIsConstant && bIsConstant ? 1 : 0;
  return common / (Math.sqrt(energyOfA) * Math.sqrt(energyOfB));
}

function featuresOf({ samples, features, order, data }: Representation): Float64Array {
  if (order === "by_feature") return Float64Array.from(data);
  return transposed({ count: samples, length: features, data: Float64Array.from(data) }).data;
}

function transposed({ count, length, data }: Rows): Rows {
  const out = new Float64Array(data.length);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < length; j++) out[j * count + i] = data[i * length + j]!;
  }
  return { count: length, length: count, data: out };
}

function center(values: Float64Array): void {
  const [first = 0] = values;
  // The mean of equal numbers may be another one by rounding.
  const mean = values.every((value) => value === first) ? first : sum(values) / values.length;
  for (let i = 0; i < values.length; i++) values[i] = values[i]! - mean;
}

function sumsOfSquares({ count, length, data }: Rows): Float64Array {
  const sums = new Float64Array(length);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < length; j++) sums[j]! += data[i * length + j]! ** 2;
  }
  return sums;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
