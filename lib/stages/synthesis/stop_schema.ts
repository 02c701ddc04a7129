/**
 * `stop:` when an octave ends before its iterations are done.
 * @module
 */
import { z } from "zod";
import type { StopSettings } from "../../synthesis/settings.ts";
import { positive, problemIssue, settingsMap, wholeNumber } from "../../workflow/fields.ts";

const plateau = settingsMap({
  iterations: wholeNumber(1).describe("Over how many of the last iterations the loss is compared."),
  improvement: z.number().min(0).lt(1).describe(
    "The octave ends when the lowest loss so far has fallen by no more than this share in them: 0.01 is 1 %.",
  ),
});

const rules = ["residual", "plateau"] as const;

/** From YAML to the rules. */
export const stop = settingsMap({
  residual: positive.exactOptional().describe(
    "Ends an octave where the residual of each term (as `run` and `status` tell it: the mean over its layers of ||G - G'||^2 / ||G'||^2; of content, of activations) is at most this. Terms and layers of weight 0 do not count. It is not looked at where L-BFGS has tried a step that it takes back.",
  ),
  plateau: plateau.exactOptional().describe("Ends an octave where the weighted loss hardly falls any more."),
  minimum: wholeNumber(0).default(0).describe(
    "Iterations of each octave that are always done, as far as it has them.",
  ),
}).transform((value, context): StopSettings => {
  if (rules.some((rule) => value[rule] !== undefined)) return value;
  context.issues.push({ ...problemIssue({ code: "no_rule", rules: [...rules] }), input: value });
  return z.NEVER;
});
