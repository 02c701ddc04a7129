/**
 * What the rows of a match come to: `summary.json`.
 * @module
 */
import { describeSample, slope } from "../../analysis/descriptive.ts";
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

interface TermJudgment {
  readonly verdict: Verdict;
  readonly layers: Readonly<Record<string, LayerJudgment>>;
}

interface Judgment {
  readonly instance: string;
  readonly verdict: Verdict;
  readonly terms: Readonly<Record<string, TermJudgment>>;
}

/** The verdicts with all that they rest on, drift and flicker, and charts of the table. */
export function summaryOf(rows: readonly Row[], settings: MatchSettings, facts: Facts): Json {
  const { quantile, shifted, scrambled, seed } = settings;
  const judgments = comparisonsOf(settings, facts).map(
    ({ name, judged, count, video: { height, width } }) => {
      const own = rows.filter(({ instance }) => instance === name);
      const judgment = judge(name, own, quantile);
      return { ...judgment, judged, frames: count, height, width, ...overTime(own) };
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
  return { instance, verdict, terms: Object.fromEntries(terms) };
}

function judgeRows(rows: readonly Row[], share: number): LayerJudgment {
  const of = (wanted: Row["measure"]) => rows.filter(({ measure }) => measure === wanted);
  const values = (some: readonly Row[]) => some.map(({ value }) => value);
  const nulls = Map.groupBy(of("null"), ({ of }) => of);
  return judgeLayer({
    residuals: values(of("residual")),
    ceiling: values(of("ceiling")),
    nulls: new Map(Array.from(nulls, ([source, rows]) => [source, values(rows)])),
  }, share);
}

/** Drift is the slope of the mean luminance per frame; flicker the mean second difference of the pixels' gray. */
function overTime(rows: readonly Row[]) {
  const by = (wanted: Row["measure"]) => {
    const found = Map.groupBy(rows.filter(({ measure }) => measure === wanted), ({ of }) => of);
    return Array.from(found, ([of, rows]) => [of, rows.map(({ value }) => value)] as const);
  };
  const drift = by("luminance").map(([of, values]) => [of, slope(values)]);
  const flicker = by("flicker").map(([of, values]) => [of, describeSample(values)?.mean ?? 0]);
  return { drift: Object.fromEntries(drift), flicker: Object.fromEntries(flicker) };
}

/** "pass: spatial texture 5 of 5 layers, temporal texture 1 of 1"; of several instances how many there are of each. */
function headline(judgments: readonly Judgment[]): string {
  const [only] = judgments;
  if (only !== undefined && judgments.length === 1) return describe(only);
  const verdicts = (["pass", "fail", "undecided"] as const).flatMap((verdict) => {
    const number = judgments.filter((judgment) => judgment.verdict === verdict).length;
    return number === 0 ? [] : [`${number} of ${judgments.length} ${verdict}`];
  });
  return verdicts.join(", ");
}

function describe({ verdict, terms }: Judgment): string {
  const parts = Object.entries(terms).map(([term, { layers }]) => {
    const verdicts = Object.values(layers).map(({ verdict }) => verdict);
    const passed = verdicts.filter((verdict) => verdict === "pass").length;
    const undecided = verdicts.filter((verdict) => verdict === "undecided").length;
    return `${term.replace("_", " ")} ${passed} of ${verdicts.length} ${
      verdicts.length === 1 ? "layer" : "layers"
    }` +
      (undecided === 0 ? "" : ` (${undecided} undecided)`);
  });
  const reason = verdict === "undecided"
    ? `; nothing in the null differs from the target's own neighbors in ${
      Object.entries(terms).filter(([, { verdict }]) => verdict === "undecided")
        .map(([term]) => term.replace("_", " ")).join(", ") || "any term"
    }: name clips in null that do`
    : "";
  return `${verdict}: ${parts.join(", ")}${reason}`;
}

function ruleText(share: number): string {
  return `A layer passes when the mean residual of the frames lies below the ${share} quantile of every source of the ` +
    "null that tells a match from none, which is one whose quantile lies above the mean residual of the target's " +
    "neighboring frames (the ceiling); it fails when it does not, and is undecided when no source tells. A term fails " +
    "when a layer fails, and passes when no layer fails and one passes; all terms must pass.";
}

/** Without what is undefined, as JSON has it. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
