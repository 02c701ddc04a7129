/**
 * What a user is told when an engine fails while it computes.
 * @module
 */
import { RunError } from "../errors.ts";

/** Libraries have no class for what has failed: only their words tell. */
const causes: readonly { readonly words: RegExp; readonly advice: string }[] = [
  {
    words: /out of memory|\bOOM\b|fail\w* to allocate|allocation (has )?failed|bad_alloc|memory exhausted/i,
    advice:
      "Its memory does not hold this: render with a smaller height, fewer layers or fewer instances at a time " +
      "(--workers), or close what else uses it.",
  },
  {
    words:
      /device (was |is )?(lost|hung|removed)|lost device|CUDA(_ERROR| failure| error)|cuDNN failure|ECC error/i,
    advice: "The GPU or its driver has failed, or was taken away; `doctor` says whether it computes.",
  },
];

/** A RunError with the library's reason, what can be done where its words tell, and that nothing finished is lost. */
export function runFailure(what: string, reason: string, cause: unknown): RunError {
  const advice = causes.find(({ words }) => words.test(reason))?.advice;
  const lines = advice === undefined ? [] : [
    advice,
    "What was finished or saved stays; the same command goes on from there, with another engine, too.",
  ];
  return new RunError([`${what}: ${reason}`, ...lines].join("\n"), { cause });
}
