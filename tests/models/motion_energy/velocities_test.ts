import assert from "node:assert/strict";
import { advances } from "../../../lib/models/motion_energy/energies.ts";
import { frequency, orientations } from "../../../lib/models/motion_energy/filters.ts";
import { evidenceMatrix, velocities, type Velocity } from "../../../lib/models/motion_energy/velocities.ts";

const energyCount = advances.length * orientations.length;

/** Evidence for each velocity in energies that sum to 1. */
function evidence(energies: readonly number[]): number[] {
  const matrix = evidenceMatrix();
  return velocities.map((_, i) =>
    energies.reduce((sum, energy, j) => sum + energy * (matrix[i * energyCount + j] ?? NaN), 0)
  );
}

/** The energies of a pattern in which all orientations move together. */
function moving({ right, up }: Velocity): number[] {
  return advances.flatMap((advance) =>
    orientations.map((wave) => (1 + Math.cos(advance - (right * wave.right + up * wave.up))) / energyCount)
  );
}

const close = (found: number | undefined, expected: number) =>
  assert.ok(Math.abs((found ?? NaN) - expected) < 1e-9, `${found}, expected ${expected}`);

Deno.test("a pattern that moves with a velocity is full evidence for it and less for every other", () => {
  for (const [own, velocity] of velocities.entries()) {
    const found = evidence(moving(velocity));
    close(found[own], 1);
    found.forEach((value, other) => assert.ok(other === own || value < 0.85, `${own}, ${other}: ${value}`));
  }
});

Deno.test("equal energies are evidence for no velocity", () => {
  for (const value of evidence(new Array<number>(energyCount).fill(1 / energyCount))) close(value, 0);
});

Deno.test("velocities are rest and two rings, each velocity beside its opposite", () => {
  assert.equal(velocities.length, 17);
  for (const { right, up } of velocities) {
    assert.ok(velocities.some((other) => Math.hypot(other.right + right, other.up + up) < 1e-12));
    assert.ok(Math.hypot(right, up) * frequency < Math.PI);
  }
});
