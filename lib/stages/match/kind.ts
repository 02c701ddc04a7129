/**
 * The kind `match`: is it a metamer, and how do we know?
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import { checkMatch } from "./check.ts";
import { matchReferences } from "./comparisons.ts";
import { keyedMatch, matchReads } from "./keyed.ts";
import { matchMethods } from "./methods.ts";
import { matchSchema, type MatchSettings } from "./schema.ts";
import { matchWork } from "./work.ts";

/** Residuals of a stage's frames as delivered, beside those of frames that are no match and of the target's neighbors. */
export const matchKind: StageKind<MatchSettings> = {
  name: "match",
  summary:
    "Tells whether a stage's frames match its targets, by residuals beside those of clips that do not.",
  format: 5,
  artifact: "table",
  schema: matchSchema,
  references: matchReferences,
  write: (settings) => settings,
  check: checkMatch,
  makes: () => ({ made: "table" }),
  reads: matchReads,
  keyed: keyedMatch,
  work: matchWork,
  deviations: () => [],
  methods: matchMethods,
  async load() {
    const { runMatch } = await import("./run.ts");
    return runMatch;
  },
};
