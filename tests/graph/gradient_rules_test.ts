import assert from "node:assert/strict";
import { evaluate } from "../../lib/engines/reference/evaluate.ts";
import { check } from "../../lib/graph/check.ts";
import { gradient } from "../../lib/graph/gradient.ts";
import { sumOfAll } from "../../lib/graph/operations.ts";
import { buildCase, differentiable, lossAndGradients, type OpCase } from "./op_case.ts";
import { opCases } from "./op_cases.ts";

/** Half the distance of the central difference: below half the smallest distance between two values of a case. */
const STEP = 2 ** -14;
const TOLERANCE = 1e-6;

for (const [op, cases] of Object.entries(opCases)) {
  for (const opCase of cases) {
    Deno.test(`the gradient of ${op} ${opCase.title} matches central differences`, () =>
      assertMatches(opCase));
    for (const position of opCase.notDifferentiable ?? []) {
      Deno.test(`${op} ${opCase.title} says why it has no gradient by input ${position}`, () => {
        const { inputs, result } = buildCase(opCase);
        const [input] = inputs.slice(position);
        assert.ok(input);
        const message = new RegExp(
          `^gradient: ${op} of \\[.* is not differentiable by input ${position}: .{20,}`,
        );
        assert.throws(() => gradient(sumOfAll(result), input), { message });
      });
    }
  }
  Deno.test(`every case of ${op} holds ${op}`, () => {
    for (const opCase of cases) {
      const ops = buildCase(opCase).builder.nodes.map((node) => node.op);
      assert.ok(ops.some((each) => each === op), opCase.title);
    }
  });
}

function assertMatches(opCase: OpCase): void {
  const built = buildCase(opCase);
  const positions = differentiable(built, opCase);
  const graph = lossAndGradients(built, positions);
  check(graph);
  const outputs = evaluate(graph, built.values);
  const lossAt = (values: Readonly<Record<string, Float64Array>>): number =>
    evaluate(graph, values)["loss"]?.[0] ?? NaN;
  for (const position of positions) {
    const name = `input${position}`;
    const values = built.values[name] ?? new Float64Array();
    const moved = (i: number, by: number): number =>
      lossAt({ ...built.values, [name]: values.with(i, (values[i] ?? NaN) + by) });
    const differences = values.map((_, i) => (moved(i, STEP) - moved(i, -STEP)) / (2 * STEP));
    assertNear(outputs[`gradient${position}`] ?? new Float64Array(), differences, name);
  }
}

/** Compares within the tolerance relative to the largest expected magnitude. */
function assertNear(actual: Float64Array, expected: Float64Array, name: string): void {
  assert.equal(actual.length, expected.length);
  const largest = expected.reduce((most, element) => Math.max(most, Math.abs(element)), 0);
  for (const [i, element] of expected.entries()) {
    const got = actual[i] ?? NaN;
    assert.ok(
      Math.abs(got - element) <= TOLERANCE * largest,
      `${name}[${i}]: expected ${element}, got ${got}`,
    );
  }
}
