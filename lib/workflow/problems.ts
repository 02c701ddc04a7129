/**
 * Every problem that a workflow can have: its code, its facts, and its sentence. All wording stands here.
 * @module
 */

/** A problem as data; the sentence is made by `describeProblem`. (H4 owns this file and completes it.) */
export type ProblemFact = {
  readonly code: "too_few_frames";
  readonly video: string;
  readonly frames: number;
  readonly needed: number;
  readonly why: string;
};
