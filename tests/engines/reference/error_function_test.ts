import assert from "node:assert/strict";
import fc from "fast-check";
import { errorFunction } from "../../../lib/engines/reference/error_function.ts";

Deno.test("errorFunction() is that of the tables to 15 digits", () => {
  // Abramowitz & Stegun, table 7.1; the last one from mpmath.
  const tabulated = [[0.02, 0.0225645746918450], [0.5, 0.5204998778130465], [1, 0.8427007929497149], [
    2,
    0.9953222650189527,
  ], [3.5, 0.9999992569016276]] as const;
  for (const [x, expected] of tabulated) {
    assert.ok(Math.abs(errorFunction(x) - expected) < 2e-15, `${x}: ${errorFunction(x)}`);
  }
});

Deno.test("errorFunction() is odd, between -1 and 1, and never falls", () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(fc.property(number, number, (a, b) => {
    assert.equal(errorFunction(-a) + errorFunction(a), 0);
    assert.ok(Math.abs(errorFunction(a)) <= 1 + 2e-15);
    assert.ok(errorFunction(Math.max(a, b)) - errorFunction(Math.min(a, b)) >= -4e-16);
  }));
});
