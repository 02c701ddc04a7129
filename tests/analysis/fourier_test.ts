import assert from "node:assert/strict";
import { transformPlane } from "../../lib/analysis/fourier.ts";
import { uniformValues } from "../../lib/frames/noise.ts";

function noisePlane(height: number, width: number) {
  const values = (frame: number) =>
    Float64Array.from(uniformValues({ seed: 3, frame, purpose: "generated" }, height * width));
  return { height, width, real: values(0), imaginary: values(1) };
}

/** The sum that the transform stands for, term by term. */
function slowly({ height, width, real, imaginary }: ReturnType<typeof noisePlane>, y: number, x: number) {
  let [re, im] = [0, 0];
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const angle = 2 * Math.PI * ((v * y) / height + (u * x) / width);
      const at = v * width + u;
      re += real[at]! * Math.cos(angle) - imaginary[at]! * Math.sin(angle);
      im += real[at]! * Math.sin(angle) + imaginary[at]! * Math.cos(angle);
    }
  }
  return [re, im] as const;
}

for (const [height, width] of [[1, 1], [2, 3], [7, 5], [8, 12], [9, 16], [15, 15], [1, 13]] as const) {
  Deno.test(`a plane of ${height} x ${width} is transformed as the sum says`, () => {
    const plane = noisePlane(height, width);
    const expected = Array.from(
      { length: height * width },
      (_, at) => slowly(plane, Math.floor(at / width), at % width),
    );
    transformPlane(plane);
    for (const [at, [re, im]] of expected.entries()) {
      assert(Math.abs(plane.real[at]! - re) < 1e-9 && Math.abs(plane.imaginary[at]! - im) < 1e-9, `at ${at}`);
    }
  });
}

Deno.test("long lines whose length is a prime stay exact: forth and back gives what was there", () => {
  const [height, width] = [3, 1009];
  const plane = noisePlane(height, width);
  const { real } = noisePlane(height, width);
  transformPlane(plane);
  plane.imaginary.forEach((value, at) => plane.imaginary[at] = -value);
  transformPlane(plane);
  const worst = real.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - plane.real[at]! / (height * width))),
    0,
  );
  assert(worst < 1e-10, `differs by ${worst}`);
});
