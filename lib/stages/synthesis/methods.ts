/**
 * A synthesis in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import type { Citation } from "../../store/citation.ts";
import type { Keyframes, SynthesisSettings } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { greco2025, kingma2015, liu1989 } from "../bibliography.ts";
import { colorTransferMethods } from "../color_transfer_methods.ts";
import { citing, listed, ofPublication } from "../method_phrases.ts";
import { synthesisGoal } from "./goal.ts";
import { colorRole } from "./roles.ts";

/** What is matched in which layers, how the octaves run, and with what frames are updated. */
export function synthesisMethods(settings: SynthesisSettings, facts: Facts): Methods {
  const models = Object.values(facts.models);
  const update = updates[settings.optimizer.name];
  const { color_transfer: transfer } = settings;
  const colors = transfer === "none"
    ? { sentences: [], cites: [] }
    : colorTransferMethods(transfer.variant, facts.names?.[colorRole] ?? transfer.video);
  const cited = [greco2025, ...models.flatMap(({ cites = [] }) => cites), ...update.cites, ...colors.cites];
  return {
    made: `synthesized frame by frame by spatiotemporal style transfer [@${greco2025.id}]`,
    details: [
      ...synthesisGoal(settings, facts).terms.map(({ term, model: role, layers, targets }) => {
        const model = facts.models[role];
        const names = [...new Set(targets.map(({ role }) => facts.names?.[role] ?? role))];
        const layerNames = Object.keys(layers);
        return `The ${terms[term].title} of ${listed(names)} was matched in the ${
          layerNames.length === 1 ? "layer" : "layers"
        } ${listed(layerNames)} of ${model?.name ?? role}${citing(model?.cites ?? [])}.`;
      }),
      ...models.flatMap(({ name, citation }) =>
        citation === undefined ? [] : [ofPublication(`The model ${name}`, citation)]
      ),
      schedule(settings),
      `Frames were updated by ${update.words}${citing(update.cites)}; ${totalVariation(settings)}`,
      ...colors.sentences,
      `The seed of the noise was ${settings.seed}.`,
    ],
    citations: [...new Set(cited)],
  };
}

const updates: Readonly<
  Record<SynthesisSettings["optimizer"]["name"], { words: string; cites: readonly Citation[] }>
> = {
  descent: { words: "gradient descent", cites: [] },
  adam: { words: "Adam", cites: [kingma2015] },
  lbfgs: { words: "L-BFGS", cites: [liu1989] },
};

function schedule({ octaves, padding: { frames } }: SynthesisSettings): string {
  const steps = octaves.map(({ octave, scale, iterations }) =>
    `${octave === 0 ? "full size" : `${scale}^${octave} of full size`}: ${inWords(iterations)} iterations`
  );
  const before = frames === 0
    ? ""
    : `, after ${frames} ${frames === 1 ? "frame" : "frames"} of padding that were discarded`;
  return `Each frame went through ${octaves.length} ${octaves.length === 1 ? "octave" : "octaves"} (${
    steps.join("; ")
  })${before}.`;
}

function totalVariation({ octaves }: SynthesisSettings): string {
  return `total variation had the weights ${
    octaves.map(({ total_variation }) => inWords(total_variation)).join(", ")
  }.`;
}

function inWords(value: Keyframes): string {
  if (typeof value === "number") return String(value);
  return Object.entries(value).map(([frame, number]) => `${number} at frame ${frame}`).join(", ");
}
