/**
 * Zod's issues in the user's terms.
 * @module
 */
import type { z } from "zod";
import type { Collector } from "./collector.ts";
import {
  entryOf,
  follow,
  formatPath,
  type Found,
  isReported,
  type LocatedNode,
  type Origin,
  plainValue,
  pointAt,
} from "./located.ts";
import { isProblemFact, type ProblemFact } from "./problems.ts";
import type { SettingPath } from "./stage_schema.ts";
import { isExpectation } from "./wording.ts";

type Issue = z.core.$ZodIssue;

/** What was parsed: a value, the key under which it stands, and what it is called. */
export interface Parsed {
  readonly node: LocatedNode;
  readonly key: Origin;
  /** Subject of problems with the value as a whole: `metamer`. */
  readonly name: string;
}

/** Reports the issues of one value at the places that they are about, and returns the paths of these places. */
export function reportIssues(
  issues: readonly Issue[],
  parsed: Parsed,
  collector: Collector,
): readonly SettingPath[] {
  return withoutWiderBounds(issues).flatMap((issue) => reportIssue(issue, [], parsed, collector));
}

/** Of a whole number that is beyond all bounds zod also says that it can't be held exactly. */
function withoutWiderBounds(issues: readonly Issue[]): readonly Issue[] {
  const isWider = (issue: Issue) =>
    issue.code === "too_big" && Number(issue.maximum) >= Number.MAX_SAFE_INTEGER &&
    issues.some((other) =>
      other !== issue && other.code === "too_big" && other.path.join() === issue.path.join()
    );
  return issues.filter((issue) => !isWider(issue));
}

function reportIssue(
  issue: Issue,
  before: SettingPath,
  parsed: Parsed,
  collector: Collector,
): readonly SettingPath[] {
  const path = [...before, ...issue.path.map((part) => typeof part === "symbol" ? String(part) : part)];
  const found = follow(parsed.node, parsed.key, path);
  if (isReported(found.node)) return [path];
  const value = plainValue(found.node);
  const report = (fact: ProblemFact, origin = pointAt(found), subject = nameOf(path, parsed)) => {
    collector.report(origin, fact, subject);
    return [path];
  };

  switch (issue.code) {
    case "invalid_union":
      if (issue.inclusive === false) throw new Error("a union of which several options match");
      return reportUnion(issue, path, value, parsed, collector);
    case "invalid_type": {
      if (found.path.length < path.length) return reportMissing(found, path, parsed, collector);
      return report(
        { code: "wrong_type", expected: expected(issue.expected), found: value },
        found.node.origin,
      );
    }
    case "invalid_value":
      return report({ code: "not_one_of", allowed: issue.values, found: value }, found.node.origin);
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const known = issue.message.split(" ");
        report({ code: "unknown_key", key, known }, entryOf(found.node, key)?.key ?? pointAt(found));
        return [...path, key];
      });
    case "too_small":
      if (issue.origin === "array") return report({ code: "too_few_items", needed: Number(issue.minimum) });
      if (issue.origin === "string") return report({ code: "wrong_type", expected: "name", found: value });
      return report({
        code: "too_small",
        minimum: Number(issue.minimum),
        inclusive: issue.inclusive ?? true,
        found: value,
      });
    case "too_big":
      return report({
        code: "too_large",
        maximum: Number(issue.maximum),
        inclusive: issue.inclusive ?? true,
        found: value,
      });
    case "invalid_key": {
      const key = String(path[path.length - 1]);
      return report({ code: "not_a_frame", key }, found.key, nameOf(path.slice(0, -1), parsed));
    }
    case "custom": {
      const problem: unknown = issue.params?.problem;
      if (!isProblemFact(problem)) throw new Error(`an issue without a problem: ${issue.message}`);
      return report(problem);
    }
    default:
      throw new Error(`no sentence for zod's issue ${issue.code}: ${issue.message}`);
  }
}

function reportMissing(
  found: Found,
  path: SettingPath,
  parsed: Parsed,
  collector: Collector,
): readonly SettingPath[] {
  const fact: ProblemFact = { code: "required", key: String(path[path.length - 1]) };
  collector.report(pointAt(found), fact, nameOf(path.slice(0, -1), parsed));
  return [path];
}

/** Of a union's options the one that has the value's shape says what is wrong; without one, the union itself does. */
function reportUnion(
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: SettingPath,
  value: unknown,
  parsed: Parsed,
  collector: Collector,
): readonly SettingPath[] {
  const fitting = issue.errors.find((issues) => !issues.some(isOtherShape));
  if (fitting !== undefined) {
    return withoutWiderBounds(fitting).flatMap((inner) => reportIssue(inner, path, parsed, collector));
  }
  const place = follow(parsed.node, parsed.key, path);
  if (place.path.length < path.length) return reportMissing(place, path, parsed, collector);
  const { node } = place;
  const allowed = issue.errors.flat().flatMap((inner) => inner.code === "invalid_value" ? inner.values : []);
  const words = allowed.map(String);
  const fact: ProblemFact = { code: "wrong_type", expected: expected(issue.message), found: value, words };
  collector.report(node.origin, fact, nameOf(path, parsed));
  return [path];
}

/** True for an issue with the value as a whole: a map where a number is wanted, a word that is not in the list. */
function isOtherShape(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_union") return issue.errors.every((issues) => issues.some(isOtherShape));
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}

function nameOf(path: SettingPath, { name }: Parsed): string {
  return path.length === 0 ? name : formatPath(path);
}

function expected(word: string) {
  if (!isExpectation(word)) throw new Error(`no words for what was expected: ${word}`);
  return word;
}
