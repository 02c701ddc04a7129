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
        const names = targets.map(({ role, share }) => {
          const name = facts.names?.[role] ?? role;
          return targets.length === 1 ? name : `${name} (share ${inWords(share)})`;
        });
        return `The ${terms[term].title} of ${listed([...new Set(names)])} was matched in the ${
          layersInWords(layers)
        } of ${model?.name ?? role}${citing(model?.cites ?? [])}, with the weight ${
          inWords(settings.targets[term]?.weight ?? 1)
        }.`;
      }),
      ...models.flatMap(({ name, citation }) =>
        citation === undefined ? [] : [ofPublication(`The model ${name}`, citation)]
      ),
      balances[settings.balance],
      beginning(settings),
      schedule(settings),
      `Frames were updated by ${update.words(settings.optimizer)}${citing(update.cites)}.`,
      ...colors.sentences,
      `The seed of the noise was ${settings.seed}.`,
    ],
    citations: [...new Set(cited)],
  };
}

const updates: Readonly<
  Record<
    SynthesisSettings["optimizer"]["name"],
    { words: (optimizer: SynthesisSettings["optimizer"]) => string; cites: readonly Citation[] }
  >
> = {
  descent: {
    words: (optimizer) =>
      optimizer.name === "descent" && optimizer.normalize_gradient !== false
        ? `gradient descent, the gradient divided by its standard deviation${
          optimizer.normalize_gradient === "per_channel" ? " in each channel" : ""
        }`
        : "gradient descent",
    cites: [],
  },
  adam: { words: () => "Adam", cites: [kingma2015] },
  lbfgs: { words: () => "L-BFGS", cites: [liu1989] },
};

const balances: Readonly<Record<SynthesisSettings["balance"], string>> = {
  initial: "At each octave's start every loss was scaled to the same size, before the weights.",
  target: "Every loss was divided by the target's own energy, before the weights.",
  none: "Losses were weighted as they are, without being scaled against each other.",
};

/** The weights only where they differ. */
function layersInWords(layers: Readonly<Record<string, number>>): string {
  const names = Object.entries(layers);
  const isEven = names.every(([, weight]) => weight === names[0]?.[1]);
  const words = names.map(([name, weight]) => isEven ? name : `${name} (weight ${weight})`);
  return `${names.length === 1 ? "layer" : "layers"} ${listed(words)}`;
}

function beginning({ blend, start_from: from }: SynthesisSettings): string {
  const first = from === "gray" ? "gray" : from === "target" ? "its target" : from;
  const next = blend === 1
    ? "the frame before"
    : blend === 0
    ? "noise"
    : `the frame before and noise (share of the former: ${inWords(blend)})`;
  return `The first frame began as ${first}, each other one as ${next}.`;
}

function schedule({ octaves, padding: { frames } }: SynthesisSettings): string {
  const steps = octaves.map(({ octave, scale, iterations, learning_rate, total_variation, temporal = 1 }) =>
    [
      `${octave === 0 ? "full size" : `${scale}^${octave} of full size`}: ${
        typeof iterations === "number" ? `${iterations} iterations` : `iterations ${inWords(iterations)}`
      }`,
      `learning rate ${inWords(learning_rate)}`,
      `weight of total variation ${inWords(total_variation)}`,
      ...(temporal === 1 ? [] : [`temporal terms weighted ${inWords(temporal)} times as much`]),
    ].join(", ")
  );
  const before = frames === 0
    ? ""
    : `, after ${frames} ${frames === 1 ? "frame" : "frames"} of padding that were discarded`;
  return `Each frame went through ${octaves.length} ${octaves.length === 1 ? "octave" : "octaves"} (${
    steps.join("; ")
  })${before}.`;
}

/** "60 up to frame 0, 15 from frame 1 on" */
function inWords(value: Keyframes): string {
  if (typeof value === "number") return String(value);
  const points = Object.entries(value).map(([frame, number]) => ({ frame: Number(frame), number }))
    .sort((a, b) => a.frame - b.frame);
  const words = points.map(({ frame, number }, index) => {
    if (points.length === 1) return String(number);
    if (index === 0) return `${number} up to frame ${frame}`;
    return index === points.length - 1 ? `${number} from frame ${frame} on` : `${number} at frame ${frame}`;
  });
  const hasGap = points.some(({ frame }, index) => index > 0 && frame - (points[index - 1]?.frame ?? 0) > 1);
  return `${words.join(", ")}${hasGap ? ", linear in between" : ""}`;
}
