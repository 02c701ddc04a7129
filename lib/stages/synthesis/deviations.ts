/**
 * Where a synthesis departs from the paper (Greco & Siegel 2025) or from the authors' code.
 * @module
 */
import type { Facts } from "../../plan/stage_kind.ts";
import { layerWeights } from "../../synthesis/recipe.ts";
import { type Keyframes, type SynthesisSettings, targetTerms } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { resizedFor } from "../foreign_model.ts";
import { modelFacts, stageColor, stageVideo, videoFacts } from "./extent.ts";
import { paperOctaves } from "./presets.ts";
import { repeatedLayers } from "./repeated_layers.ts";
import { allTargets, usedStreams } from "./roles.ts";

/** Sentences for the manifest and the methods paragraph. */
export function synthesisDeviations(settings: SynthesisSettings, facts: Facts): string[] {
  return [
    balance[settings.balance],
    normalization[settings.normalization],
    resample[settings.resample],
    ...padding(settings),
    ...precision(settings),
    ...optimizer(settings),
    ...schedule(settings),
    ...stopping(settings),
    ...start(settings),
    ...colors(settings),
    ...gray(settings, facts),
    ...light(settings, facts),
    ...models(settings),
    ...sizes(settings, facts),
    ...layers(settings, facts),
    ...repeatedLayers(settings, facts),
  ];
}

const balance: Readonly<Record<SynthesisSettings["balance"], string>> = {
  initial: "losses balanced to 1e4 at each octave's start (in the authors' code, not in the paper)",
  target:
    "losses balanced by the energy of the current target (neither in the paper nor in the authors' code)",
  none:
    "losses not balanced (as in the paper; the authors' code balances them to 1e4 at each octave's start)",
};

const normalization: Readonly<Record<SynthesisSettings["normalization"], string>> = {
  reference: "losses normalized as in the authors' code (the paper's equations have other constants)",
  paper:
    "losses normalized by the paper's equations, as far as they can be read (the authors' code has other constants)",
};

const resample: Readonly<Record<SynthesisSettings["resample"], string>> = {
  original:
    "targets of each octave resized from full size, as in the paper's formula (the authors' code resizes those of the octave before)",
  cascade:
    "targets of each octave resized from the octave before, as in the authors' code (the paper's formula resizes from full size)",
};

function precision({ precision }: SynthesisSettings): string[] {
  if (precision !== "float16") return [];
  return ["convolutions of the models computed in float16 (paper and authors' code: float32)"];
}

function padding({ padding: { frames, order } }: SynthesisSettings): string[] {
  if (frames === 0) {
    return ["no padding frames; frame 0 made by the spatial terms alone (the paper has padding)"];
  }
  const sentences = frames === 5
    ? []
    : [`${frames} padding ${frames === 1 ? "frame" : "frames"} (the paper has 5)`];
  if (order === "mirrored") {
    sentences.push("padding runs backwards into frame 0 (the authors' code pads forward)");
  }
  return sentences;
}

function optimizer({ optimizer }: SynthesisSettings): string[] {
  if (optimizer.name !== "descent") {
    const name = { adam: "Adam", lbfgs: "L-BFGS" }[optimizer.name];
    return [`updates by ${name} (the paper has normalized gradient descent)`];
  }
  switch (optimizer.normalize_gradient) {
    case true:
      return ["gradient divided by its standard deviation without the 1e-8 that the authors' code adds"];
    case false:
      return ["gradient not normalized (the paper divides it by its standard deviation)"];
    case "per_channel":
      return ["gradient normalized in each color channel (the authors' code normalizes over all values)"];
  }
}

function schedule({ octaves, blend }: SynthesisSettings): string[] {
  const sentences: string[] = [];
  if (!isPaperSchedule(octaves)) {
    const steps = octaves.map(({ octave, iterations }) => `${octave}: ${keyframeWords(iterations)}`);
    sentences.push(`octaves and iterations differ from the paper's (${steps.join(", ")})`);
  }
  const temporal = octaves.flatMap(({ octave, temporal = 1 }) =>
    temporal === 1 ? [] : [`${octave}: times ${keyframeWords(temporal)}`]
  );
  if (temporal.length > 0) {
    sentences.push(
      `weights of the temporal terms differ between octaves (${temporal.join(", ")}; the paper's do not)`,
    );
  }
  if (blend !== 0.95) {
    sentences.push("share of the frame before in a frame's start differs from the paper's 0.95");
  }
  return sentences;
}

function stopping({ stop }: SynthesisSettings): string[] {
  if (stop === undefined) return [];
  const { residual, plateau, minimum } = stop;
  const rules = [
    ...(residual === undefined
      ? []
      : [`once the mean residual of each term's layers is at most ${residual}`]),
    ...(plateau === undefined ? [] : [
      `once the lowest weighted loss has fallen by at most ${percent(plateau.improvement)} in ${
        iterationCount(plateau.iterations)
      }`,
    ]),
  ];
  const least = minimum === 0 ? "" : `, but not before ${iterationCount(minimum)}`;
  return [`octaves may stop early: ${rules.join(", or ")}${least} (the paper does all iterations)`];
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(12))} %`;
}

function iterationCount(count: number): string {
  return count === 1 ? "1 iteration" : `${count} iterations`;
}

/** Schedules are lists of plain numbers, so their JSON tells whether they are equal. */
function isPaperSchedule(octaves: SynthesisSettings["octaves"]): boolean {
  const rows = (list: SynthesisSettings["octaves"]) =>
    list.map((step) => [step.octave, step.scale, step.iterations, step.learning_rate, step.total_variation]);
  return JSON.stringify(rows(octaves)) === JSON.stringify(rows(paperOctaves));
}

function keyframeWords(keyframes: Keyframes): string {
  if (typeof keyframes === "number") return String(keyframes);
  const points = Object.entries(keyframes).map(([frame, value]) => ({ frame: Number(frame), value }));
  const inOrder = points.toSorted((a, b) => a.frame - b.frame);
  return inOrder.map(({ frame, value }) => `${value} at frame ${frame}`).join(" to ");
}

function start({ start_from }: SynthesisSettings): string[] {
  if (start_from === "noise") return [];
  return [`first frame started from ${start_from} (the paper starts from noise)`];
}

function colors({ color_transfer }: SynthesisSettings): string[] {
  if (color_transfer === "none") return ["no color transfer (the paper transfers the target's colors)"];
  return color_transfer.variant === "pdf_regrain"
    ? []
    : [`color transfer ${color_transfer.variant} (the authors' code matches distributions and regrains)`];
}

function light(settings: SynthesisSettings, facts: Facts): string[] {
  const { transfer } = stageVideo(settings, facts);
  if (transfer === undefined) return [];
  const values = transfer === "linear" ? "light" : `light^(1/${transfer.gamma})`;
  return [`values of frames are ${values} (the paper works with coded values)`];
}

function gray(settings: SynthesisSettings, facts: Facts): string[] {
  if (stageColor(settings, facts) === "rgb") return [];
  const colored = allTargets(settings).some(({ role }) => videoFacts(facts, role).color !== "gray");
  const targets = colored ? ", and so are the targets as they are matched" : "";
  return [`frames are gray, red, green and blue being equal${targets} (the paper's have colors)`];
}

const paperModels = {
  spatial: { name: "vgg19", words: "VGG-19" },
  temporal: { name: "msoe", words: "MSOE" },
} as const;

function models(settings: SynthesisSettings): string[] {
  const used = usedStreams(settings);
  return (["spatial", "temporal"] as const).flatMap((stream) => {
    const { name, words } = paperModels[stream];
    const model = settings.streams[stream];
    if (!used.includes(stream)) return [`no ${stream} term (the paper has spatial and temporal ones)`];
    return model === name ? [] : [`${model} as ${stream} model (the paper has ${words})`];
  });
}

/** What an imported model sees of the octaves. */
function sizes(settings: SynthesisSettings, facts: Facts): string[] {
  return usedStreams(settings).flatMap((stream) => {
    const { name, size } = modelFacts(facts, stream);
    if (size === undefined) return [];
    return size === "native"
      ? [`${name} sees each octave at the octave's own size`]
      : [`at each octave, frames and targets are ${resizedFor(name, size)}`];
  });
}

function layers({ targets }: SynthesisSettings, facts: Facts): string[] {
  return targetTerms.flatMap((term) => {
    const choice = targets[term]?.layers ?? "default";
    if (choice === "default") return [];
    const model = modelFacts(facts, terms[term].stream);
    // In the model's order both, so their JSON tells whether they are equal.
    const [chosen, own] = [choice, "default" as const].map((layers) =>
      JSON.stringify(layerWeights(term, layers, model))
    );
    return chosen === own ? [] : [`layers of ${term} chosen in the workflow (the paper has a fixed list)`];
  });
}
