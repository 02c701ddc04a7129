/**
 * The rotational average of an amplitude spectrum, and planes that are given one while they keep their phases, as the SHINE
 * toolbox's `sfMatch` does (Willenbockel et al. 2010).
 * @module
 */
import type { ComplexArray, Fourier } from "../../frames/fourier.ts";
import type { Plane } from "./planes.ts";

/** Mean amplitude by radius: of all frequencies that are nearest to r cycles per shorter side. At 0 is the mean's. */
export type RotationalSpectrum = Float64Array;

function spectrumOf(fourier: Fourier, { height, width, values }: Plane): ComplexArray {
  const spectrum = {
    shape: [height, width],
    real: Float64Array.from(values),
    imaginary: new Float64Array(values.length),
  };
  fourier.forward(spectrum);
  return spectrum;
}

/** The rotational average of a plane's amplitude spectrum. */
export function rotationalSpectrum(fourier: Fourier, plane: Plane, radii: Uint16Array): RotationalSpectrum {
  const { real, imaginary } = spectrumOf(fourier, plane);
  const most = radii.reduce((most, radius) => Math.max(most, radius), 0);
  const [sums, counts] = [new Float64Array(most + 1), new Float64Array(most + 1)];
  radii.forEach((radius, i) => {
    sums[radius]! += Math.hypot(real[i]!, imaginary[i]!) / radii.length;
    counts[radius]! += 1;
  });
  // Round numbers of cycles leave no radius without a frequency but beyond the shorter side's.
  return sums.map((sum, radius) => counts[radius] === 0 ? 0 : sum / counts[radius]!);
}

/** Amplitudes below this are rounding: they are left as they are. */
export const leastAmplitude = 1e-9;

/** By which factor each radius has to change. The mean keeps its own, and so does a radius without amplitude. */
export function spectrumFactors(own: RotationalSpectrum, wanted: RotationalSpectrum): Float64Array {
  return own.map((amplitude, radius) =>
    radius === 0 || amplitude < leastAmplitude ? 1 : wanted[radius]! / amplitude
  );
}

/** The plane with the amplitudes at each radius times its factor. Values may leave [0, 1]. */
export function withFactors(
  fourier: Fourier,
  plane: Plane,
  factors: Float64Array,
  radii: Uint16Array,
): Plane {
  const spectrum = spectrumOf(fourier, plane);
  const { real, imaginary } = spectrum;
  radii.forEach((radius, i) => {
    real[i]! *= factors[radius]!;
    imaginary[i]! *= factors[radius]!;
  });
  fourier.inverse(spectrum);
  return { height: plane.height, width: plane.width, values: spectrum.real };
}
