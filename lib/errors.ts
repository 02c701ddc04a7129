/**
 * The errors that carry an exit code: three, and a kind of the third. Anything else that is thrown is a bug of ours and shows its stack.
 * @module
 */

/** The workflow file or the command line is wrong: exit code 2. The message is complete and ready to print. */
export class WorkflowError extends Error {
  /** The class. */
  override readonly name = "WorkflowError";
  /** The exit code of the program that ends by it. */
  readonly exitCode = 2;
}

/** Something needed is not on this machine (weights, ffmpeg, an engine): exit code 3. The message says how to get it. */
export class MissingError extends Error {
  /** The class. */
  override readonly name = "MissingError";
  /** The exit code of the program that ends by it. */
  readonly exitCode = 3;
}

/** The work could not be finished (a loss became NaN, a disk is full, a file is damaged): exit code 1. */
export class RunError extends Error {
  /** The class. */
  override readonly name = "RunError";
  /** The exit code of the program that ends by it. */
  readonly exitCode = 1;
}

/** A program that the work needs (ffmpeg) failed. Ctrl-C reaches such programs, too: then it is part of a stop. */
export class ProgramError extends RunError {}

/** Any of the errors that a user is meant to read. */
export type UserError = WorkflowError | MissingError | RunError;

/** True for the errors above: their message is for the user, their stack is not. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof WorkflowError || error instanceof MissingError || error instanceof RunError;
}
