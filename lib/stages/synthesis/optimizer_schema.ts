/**
 * `optimizer:` how the gradient becomes an update.
 * @module
 */
import { z } from "zod";
import type { OptimizerSettings } from "../../synthesis/settings.ts";
import { expects, oneOf, positive, problemIssue, settingsMap, wholeNumber } from "../../workflow/fields.ts";

const descent = settingsMap({
  normalize_gradient: z.union([z.boolean(), z.literal("per_channel")], {
    error: expects("normalize_gradient"),
  })
    .default(true).describe(
      "Divides the gradient by its standard deviation: over all values (`true`), per color channel, or not at all.",
    ),
});

const adam = settingsMap({
  beta1: z.number().min(0).lt(1).default(0.9).describe("Decay of the mean gradient."),
  beta2: z.number().min(0).lt(1).default(0.99).describe("Decay of the mean squared gradient."),
  epsilon: positive.default(1e-8).describe(
    "Added to the root of the mean squared gradient. Larger than the gradient it shortens the steps: under `balance: none` that of the temporal terms is about 4e-11 and wants 1e-14 here.",
  ),
});

const lbfgs = settingsMap({
  history: wholeNumber(1).max(100).default(10).describe(
    "How many steps it remembers the curvature of; each takes 48 bytes a pixel, 11 MB at 360 x 640.",
  ),
});

const names = ["descent", "adam", "lbfgs"] as const;

const optimizerMap = settingsMap({
  descent: descent.exactOptional().describe("Gradient descent."),
  adam: adam.exactOptional().describe("Adam (Kingma & Ba 2015)."),
  lbfgs: lbfgs.exactOptional().describe(
    "L-BFGS (Liu & Nocedal 1989) within the bounds 0 and 1. One evaluation an iteration; the learning rate is the length (root mean square) of its first step, later ones find their own.",
  ),
});

/** From YAML to the optimizer's settings. */
export const optimizer = z.union([oneOf(names), optimizerMap], { error: expects("optimizer") })
  .transform((value, context): OptimizerSettings => {
    const given = typeof value === "string" ? { [value]: {} } : value;
    const found = Object.keys(given);
    if (found.length !== 1) {
      context.issues.push({
        ...problemIssue({ code: "exactly_one", keys: [...names], found }),
        input: value,
      });
      return z.NEVER;
    }
    if (given.adam !== undefined) return { name: "adam", ...adam.parse(given.adam) };
    if (given.lbfgs !== undefined) return { name: "lbfgs", ...lbfgs.parse(given.lbfgs) };
    return { name: "descent", ...descent.parse(given.descent) };
  });
