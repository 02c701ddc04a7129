/**
 * Problems with their places, collected while a workflow is read.
 * @module
 */
import { describeOrigin, type Origin } from "./located.ts";
import { describeProblem, type ProblemFact } from "./problems.ts";
import { quoteLine } from "./source.ts";

/** A problem at a place. */
export interface Problem {
  readonly fact: ProblemFact;
  readonly origin: Origin;
  /** Where in its stage the value stands, in the language's words. */
  readonly subject: string;
}

/** Collects; nothing is thrown on bad input. */
export interface Collector {
  /** All problems so far, in the order of their places. */
  problems(): readonly Problem[];
  report(origin: Origin, fact: ProblemFact, subject?: string): void;
}

/** A collector that keeps each problem once, however many instances of a stage have it. */
export function createCollector(): Collector {
  const byText = new Map<string, Problem>();
  return {
    problems: () => inOrder([...byText.values()]),
    report(origin, fact, subject = "") {
      const problem = { fact, origin, subject };
      const text = headline(problem);
      if (!byText.has(text)) byText.set(text, problem);
    },
  };
}

/** By file, in the order in which files had their first problem, then by place; options last. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const files = [
    ...new Set(problems.map(({ origin }) => "option" in origin ? undefined : origin.source.path)),
  ];
  const rank = ({ origin }: Problem) =>
    "option" in origin
      ? [files.length, 0] as const
      : [files.indexOf(origin.source.path), origin.start] as const;
  return problems.toSorted((a, b) => {
    const [[fileA, startA], [fileB, startB]] = [rank(a), rank(b)];
    return fileA - fileB || startA - startB;
  });
}

function headline({ origin, fact, subject }: Problem): string {
  return `${describeOrigin(origin)}: error: ${describeProblem(fact, subject)}`;
}

/**
 * A problem as the user reads it: `file:line:column: error: sentence`, and the line with a caret.
 * @param columns how wide the terminal is
 */
export function formatProblem(problem: Problem, columns = 80): string {
  const { origin } = problem;
  if ("option" in origin || origin.source.text === "") return headline(problem);
  return `${headline(problem)}\n${quoteLine(origin.source, origin.start, origin.end, columns)}`;
}
