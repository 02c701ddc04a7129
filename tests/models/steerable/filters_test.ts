import assert from "node:assert/strict";
import { quadraturePairs } from "../../../lib/models/steerable/filters.ts";

const bank = quadraturePairs({ orientations: 4, side: 7, wavelength: 4, sigma: 1.6 });

const sumOf = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

Deno.test("quadraturePairs() makes kernels that sum to 0 and have an absolute sum of 1", () => {
  assert.equal(bank.kernels.length, 8);
  for (const kernel of bank.kernels) {
    assert.ok(Math.abs(sumOf(kernel)) < 1e-6);
    assert.ok(Math.abs(sumOf(kernel.map(Math.abs)) - 1) < 1e-6);
  }
});

Deno.test("quadraturePairs() makes even kernels first, then the odd ones", () => {
  bank.kernels.forEach((kernel, i) => {
    const turned = kernel.toReversed();
    const sign = i < bank.orientations ? 1 : -1;
    assert.ok(kernel.every((value, j) => Math.abs(value - sign * (turned[j] ?? NaN)) < 1e-7));
  });
});

Deno.test("the amplitude of a pair hardly depends on a grating's phase, and falls when it is turned", () => {
  const amplitude = (phase: number, vertical: boolean) => {
    const response = (kernel: Float32Array) =>
      sumOf(kernel.map((weight, i) => {
        const place = vertical ? i % bank.side : Math.floor(i / bank.side);
        return weight * Math.cos(2 * Math.PI * place / 4 + phase);
      }));
    const [even, odd] = [bank.kernels[0], bank.kernels[bank.orientations]];
    assert.ok(even !== undefined && odd !== undefined);
    return Math.hypot(response(even), response(odd));
  };
  const over = [0, 0.5, 1, 1.5, 2, 2.5, 3].map((phase) => amplitude(phase, true));
  assert.ok(Math.max(...over) / Math.min(...over) < 1.2, String(over));
  assert.ok(amplitude(0.7, false) < 0.1 * Math.min(...over));
});
