/** The mode of tests/synthesis/golden/transition_test.ts that is left out there. */
import { isMissing } from "../synthesis/golden/golden_setting.ts";
import { assertTwoTransitions } from "../synthesis/golden/two_transitions.ts";

Deno.test({
  name: "two transitions in one go end as the authors' code's (transition.npz, cascade)",
  ignore: isMissing("transition.npz"),
  fn: () => assertTwoTransitions("cascade"),
});
