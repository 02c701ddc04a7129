/** What tests/synthesis/golden/transition_test.ts leaves out of the mode `cascade`. */
import { isMissing } from "../synthesis/golden/golden_setting.ts";
import { assertOctaves, assertWholeTransitions } from "../synthesis/golden/whole_transitions.ts";

const ignore = isMissing("transition.npz");

Deno.test({
  name:
    "octaves, each from the golden state before it, end as the authors' code's (transition.npz, cascade, --exact)",
  ignore,
  fn: () => assertOctaves([["cascade", 1, 0], ["cascade", 1, 1], ["cascade", 2, 0], ["cascade", 2, 1]]),
});

Deno.test({
  name: "two transitions in one go end as the authors' code's (transition.npz, cascade)",
  ignore,
  fn: () => assertWholeTransitions("cascade", [1, 2]),
});
