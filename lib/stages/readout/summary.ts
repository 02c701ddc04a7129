/**
 * What a readout comes to: `summary.json`.
 * @module
 */
import { citationText } from "../../models/model_file/model_json.ts";
import type { Facts, Json } from "../../plan/stage_kind.ts";
import { foreignModelFacts } from "../foreign_model.ts";
import { videosListed } from "../video_list.ts";
import { readoutCharts } from "./charts.ts";
import type { Row } from "./rows.ts";
import type { ReadoutSettings } from "./schema.ts";

/** The names of each video, how they agree with those of the first, and charts of the table. */
export function summaryOf(rows: readonly Row[], settings: ReadoutSettings, facts: Facts): Json {
  const known = foreignModelFacts(facts);
  const { name: model, layers } = known;
  const names = videosListed(facts).map(({ name }) => name);
  const [reference = "", ...others] = names;
  const own = nameOf(rows, reference);
  const compared = others.map((video) => {
    const name = nameOf(rows, video);
    return {
      video,
      name: name?.label,
      same_name: name?.class === own?.class,
      same_name_share: agreement(rows, reference, video),
    };
  });
  const told = compared.map(({ video, name, same_name }) =>
    same_name ? `${video} too` : `${video} "${name}"`
  );
  const summary = {
    v: 1,
    headline: [`${model} calls ${reference} "${own?.label}"`, ...told].join(", "),
    model,
    citation: citationText(known),
    tensor: Object.values(layers)[0],
    settings: { scores: settings.scores, top: settings.top },
    reference: { video: reference, name: own?.label },
    compared,
    videos: names.map((video) => ({
      video,
      names: rows.filter((row) => row.video === video && row.measure === "video").map((
        { label, class: index, probability },
      ) => ({ label, class: index, probability })),
    })),
    charts: readoutCharts(names),
  };
  return JSON.parse(JSON.stringify(summary));
}

function nameOf(rows: readonly Row[], video: string): Row | undefined {
  return rows.find((row) => row.video === video && row.measure === "video" && row.rank === 1);
}

/** The share of the frames that both have in which both have the same likeliest name. */
function agreement(rows: readonly Row[], reference: string, video: string): number | null {
  const classesOf = (wanted: string) =>
    new Map(
      rows.filter((row) => row.video === wanted && row.measure === "frame" && row.rank === 1)
        .map((row) => [row.frame, row.class]),
    );
  const [one, other] = [classesOf(reference), classesOf(video)];
  const common = [...one].filter(([frame]) => other.has(frame));
  if (common.length === 0) return null;
  return common.filter(([frame, index]) => other.get(frame) === index).length / common.length;
}
