/**
 * `generate:` a generator's name, or a map from its name to its parameters.
 * @module
 */
import { z } from "zod";
import { generatorDefaults, type GeneratorSettings } from "../../frames/generated/settings.ts";
import {
  expects,
  nonnegative,
  oneOf,
  positive,
  problemIssue,
  seed,
  settingsMap,
} from "../../workflow/fields.ts";

const { dead_leaves, grating, noise } = generatorDefaults;

const deadLeaves = settingsMap({
  seed: seed.default(dead_leaves.seed).describe("Seed of the disks."),
  speed: nonnegative.max(10).default(dead_leaves.speed).describe(
    "How fast the camera moves: 1 is a walking camera at 25 frames per second, 0 a still picture.",
  ),
  smallest: positive.max(2).default(dead_leaves.smallest).describe(
    "Radius of the smallest disks, in image heights.",
  ),
  largest: positive.max(2).default(dead_leaves.largest).describe(
    "Radius of the largest disks, in image heights.",
  ),
}).check((context) => {
  const { smallest, largest } = context.value;
  if (largest >= smallest) return;
  const problem = { code: "too_small", minimum: smallest, inclusive: true, found: largest } as const;
  context.issues.push({ ...problemIssue(problem, ["largest"]), input: context.value });
});

const drifting = settingsMap({
  contrast: nonnegative.max(1).default(grating.contrast).describe("Michelson contrast."),
  mean: nonnegative.max(1).default(grating.mean).describe("Mean value."),
  cycles: nonnegative.max(1000).default(grating.cycles).describe("Cycles per image height."),
  direction: z.number().default(grating.direction).describe(
    "Where it moves, in degrees: 0 is right, 90 is up.",
  ),
  drift: z.number().min(-0.5).max(0.5).default(grating.drift).describe("Cycles per frame."),
  phase: z.number().default(grating.phase).describe("Phase of frame 0 at the center, in degrees."),
});

const noisy = settingsMap({
  seed: seed.default(noise.seed).describe("Seed of the noise."),
  exponent: nonnegative.max(4).default(noise.exponent).describe(
    "Amplitude falls as frequency^-exponent in space: 0 is white, 1 is like natural images.",
  ),
  lifetime: z.number().min(1).max(1000).default(noise.lifetime).describe(
    "For how many frames a pattern lasts.",
  ),
  contrast: nonnegative.max(1).default(noise.contrast).describe(
    "Standard deviation of the values around 0.5.",
  ),
  colored: z.boolean().default(noise.colored).describe("Three independent channels, or one for all."),
});

const names = ["dead_leaves", "grating", "noise"] as const;

const generatorMap = settingsMap({
  dead_leaves: deadLeaves.exactOptional().describe("A camera drifting through a cloud of occluding disks."),
  grating: drifting.exactOptional().describe("A drifting sinusoid on gray."),
  noise: noisy.exactOptional().describe("Gaussian noise with a chosen spectrum and lifetime."),
});

/** From YAML to the parameters of a generator. */
export const generate = z.union([oneOf(names), generatorMap], { error: expects("generate") })
  .transform((value, context): GeneratorSettings => {
    if (typeof value === "string") return generatorDefaults[value];
    const found = Object.keys(value);
    if (found.length === 1) {
      if (value.dead_leaves !== undefined) return { name: "dead_leaves", ...value.dead_leaves };
      if (value.grating !== undefined) return { name: "grating", ...value.grating };
      if (value.noise !== undefined) return { name: "noise", ...value.noise };
    }
    context.issues.push({ ...problemIssue({ code: "exactly_one", keys: names, found }), input: value });
    return z.NEVER;
  });
