/**
 * What the rows of a match come to: `summary.json`.
 * @module
 */
import {
  judgeLayer,
  judgeTerm,
  judgeTogether,
  type LayerJudgment,
  type Verdict,
} from "../../analysis/verdict.ts";
import type { Facts, Json } from "../../plan/stage_kind.ts";
import { matchCharts } from "./charts.ts";
import { comparisonsOf } from "./comparisons.ts";
import type { Row } from "./rows.ts";
import type { MatchSettings } from "./schema.ts";
import { visibleDifferences, type WholeFrames, wholeFrames } from "./whole_frames.ts";

interface TermJudgment {
  readonly verdict: Verdict;
  readonly layers: Readonly<Record<string, LayerJudgment>>;
}

interface Judgment extends WholeFrames {
  readonly instance: string;
  readonly verdict: Verdict;
  readonly terms: Readonly<Record<string, TermJudgment>>;
}

/** The verdicts with all that they rest on, what is told of whole frames, and charts of the table. */
export function summaryOf(rows: readonly Row[], settings: MatchSettings, facts: Facts): Json {
  const { quantile, shifted, scrambled, seed } = settings;
  const judgments = comparisonsOf(settings, facts).map(
    ({ name, judged, count, video: { height, width } }) => {
      const own = rows.filter(({ instance }) => instance === name);
      const judgment = judge(name, own, quantile);
      return { ...judgment, judged, frames: count, height, width };
    },
  );
  return plain({
    v: 1,
    headline: headline(judgments),
    verdict: judgeTogether(judgments.map(({ verdict }) => verdict)),
    rule: ruleText(quantile),
    settings: { quantile, shifted, scrambled, seed },
    instances: judgments,
    charts: matchCharts,
  });
}

function judge(instance: string, rows: readonly Row[], share: number): Judgment {
  const byTerm = Map.groupBy(rows.filter(({ term }) => term !== undefined), ({ term }) => term ?? "");
  const terms = Array.from(byTerm, ([term, rows]): [string, TermJudgment] => {
    const byLayer = Map.groupBy(rows, ({ layer }) => layer ?? "");
    const layers = Array.from(
      byLayer,
      ([layer, rows]): [string, LayerJudgment] => [layer, judgeRows(rows, share)],
    );
    const verdict = judgeTerm(layers.map(([, { verdict }]) => verdict));
    return [term, { verdict, layers: Object.fromEntries(layers) }];
  });
  const verdict = judgeTogether(terms.map(([, { verdict }]) => verdict));
  return { instance, verdict, terms: Object.fromEntries(terms), ...wholeFrames(rows) };
}

function judgeRows(rows: readonly Row[], share: number): LayerJudgment {
  const of = (wanted: Row["measure"]) => rows.filter(({ measure }) => measure === wanted);
  return judgeLayer({
    residuals: of("residual"),
    ceiling: of("ceiling"),
    nulls: Map.groupBy(of("null"), ({ of }) => of),
  }, share);
}

/** "pass: spatial texture passes in 5 of 5 layers, temporal texture in 1 of 1"; of several instances how many there are of each. */
function headline(judgments: readonly Judgment[]): string {
  const [only] = judgments;
  if (only !== undefined && judgments.length === 1) return describe(only);
  const verdicts = (["pass", "fail", "undecided"] as const).flatMap((verdict) => {
    const number = judgments.filter((judgment) => judgment.verdict === verdict).length;
    return number === 0 ? [] : [`${number} of ${judgments.length} ${verdict}`];
  });
  const differing = judgments.filter((judgment) => visibleDifferences(judgment).length > 0).length;
  const differences = `luminance or contrast differ from the targets' in ${differing} of ${judgments.length}`;
  return `${verdicts.join(", ")}${differing === 0 ? "" : `; ${differences}`}`;
}

function describe(judgment: Judgment): string {
  const { verdict, terms } = judgment;
  const judged = Object.entries(terms);
  const parts = judged.map(([term, { layers }], index) => {
    const verdicts = Object.values(layers).map(({ verdict }) => verdict);
    const passed = verdicts.filter((verdict) => verdict === "pass").length;
    const undecided = verdicts.filter((verdict) => verdict === "undecided").length;
    const all = `${verdicts.length}${index > 0 ? "" : verdicts.length === 1 ? " layer" : " layers"}`;
    return `${inWords(term)} ${index > 0 ? "" : "passes "}in ${passed} of ${all}` +
      (undecided === 0 ? "" : ` (${undecided} undecided)`);
  });
  const differences = visibleDifferences(judgment).map((text) => `; ${text}`).join("");
  return `${verdict}: ${parts.join(", ")}${reason(verdict, judged)}${differences}`;
}

/** Why it is no pass: what was nearer, or that nothing could tell. */
function reason(verdict: Verdict, terms: readonly (readonly [string, TermJudgment])[]): string {
  if (verdict === "pass") return "";
  if (verdict === "fail") return whereNotNearer(terms);
  const open = terms.filter(([, { verdict }]) => verdict === "undecided").map(([term]) => inWords(term));
  return `; nothing in the null differs from the targets' own neighbors in ${
    open.join(", ") || "any term"
  }: name clips in null that do`;
}

/** By source of the null, in which layers of which terms frames were not nearer than it. */
function whereNotNearer(terms: readonly (readonly [string, TermJudgment])[]): string {
  const places = terms.flatMap(([term, { layers }]) =>
    Object.entries(layers).flatMap(([layer, { nulls }]) =>
      Object.entries(nulls).flatMap(([source, { tells, nearer }]) =>
        tells && !nearer ? [{ source, term, layer }] : []
      )
    )
  );
  return Array.from(Map.groupBy(places, ({ source }) => source), ([source, places]) => {
    const byTerm = Map.groupBy(places, ({ term }) => term);
    const where = Array.from(
      byTerm,
      ([term, places]) => `${places.map(({ layer }) => layer).join(", ")} (${inWords(term)})`,
    );
    return `; not nearer to the targets than ${source} in ${where.join(" and ")}`;
  }).join("");
}

function inWords(term: string): string {
  return term.replace("_", " ");
}

function ruleText(share: number): string {
  return `Frames are nearer to the targets than a source of the null when less than ${share} of the source's residuals ` +
    "are no larger than theirs at the same time. A layer fails when its frames are not nearer than a source although " +
    "the targets' neighboring frames (the ceiling) are; else it passes when they are nearer than some source, and is " +
    "undecided when they are nearer than none. A term fails when a layer fails, and passes when no layer fails and one " +
    "passes; all terms must pass.";
}

/** Without what is undefined, as JSON has it. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
