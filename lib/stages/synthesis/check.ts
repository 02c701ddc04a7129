/**
 * What can be known to be wrong with a synthesis before it runs.
 * @module
 */
import type { Size } from "../../frames/frame.ts";
import type { Facts, ModelFacts, ReportProblem } from "../../plan/stage_kind.ts";
import { keyframeValue } from "../../synthesis/keyframes.ts";
import { octaveSize } from "../../synthesis/octaves.ts";
import { firstOptimizedTime, framesForPadding } from "../../synthesis/padding.ts";
import { type SynthesisSettings, targetTerms } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { checkTransfer } from "./check_transfer.ts";
import { colorLength, framesRead, modelFacts, stageFrames, stageSize, videoFacts } from "./extent.ts";
import { firstWithoutIterations } from "./frame_without_iterations.ts";
import { brokenLimit, octaveLimits } from "./octave_limits.ts";
import { allTargets, colorRole, targetPath, usedStreams } from "./roles.ts";

/** Reports everything that can be known without running. */
export function checkSynthesis(settings: SynthesisSettings, facts: Facts, report: ReportProblem): void {
  checkModels(settings, facts, report);
  checkLengths(settings, facts, report);
  checkWindow(settings, facts, report);
  checkShares(settings, facts, report);
  checkContent(settings, facts, report);
  checkTransfer(settings, facts, report);
  checkFirstFrame(settings, report);
  checkOctaves(settings, facts, report);
  checkIterations(settings, facts, report);
}

function checkModels(settings: SynthesisSettings, facts: Facts, report: ReportProblem): void {
  for (const stream of usedStreams(settings)) {
    const model = modelFacts(facts, stream);
    if (model.stream !== stream) {
      const problem = {
        code: "wrong_stream",
        model: model.name,
        stream: model.stream,
        needed: stream,
      } as const;
      report(["streams", stream], problem);
      continue;
    }
    for (const term of targetTerms) {
      const layers = settings.targets[term]?.layers;
      if (layers === undefined || terms[term].stream !== stream) continue;
      if (layers === "default" && model[terms[term].defaultLayers].length === 0) {
        report(["targets", term], { code: "no_default_layers", model: model.name, known: model.layers });
      }
      if (typeof layers !== "object") continue;
      for (const layer of Object.keys(layers).filter((layer) => !model.layers.includes(layer))) {
        if (model.unusable?.layers.includes(layer)) {
          const { ops } = model.unusable;
          report(["targets", term, "layers", layer], {
            code: "unusable_layer",
            layer,
            model: model.name,
            ops,
          });
          continue;
        }
        report(["targets", term, "layers", layer], {
          code: "unknown_layer",
          layer,
          model: model.name,
          known: layersToName(model),
        });
      }
    }
  }
}

/** An imported model has hundreds of tensors: those that its JSON gives names to are enough to choose from. */
function layersToName({ size, layers, defaultTextureLayers }: ModelFacts): readonly string[] {
  return size !== undefined && defaultTextureLayers.length > 0 ? defaultTextureLayers : layers;
}

/** Every strict target needs a frame for each output frame, and the padding needs its own. */
function checkLengths(settings: SynthesisSettings, facts: Facts, report: ReportProblem): void {
  const frames = stageFrames(settings, facts);
  if (frames === undefined) {
    report([], { code: "frames_unknown" });
    return;
  }
  const { padding, color_transfer } = settings;
  const strict = allTargets(settings).filter(({ target }) => target.length === "strict")
    .map(({ term, index, target, role }) => ({ path: targetPath(term, index), video: target.video, role }));
  const isTarget = color_transfer !== "none" && strict.some(({ video }) => video === color_transfer.video);
  if (color_transfer !== "none" && !isTarget && colorLength(settings) === "strict") {
    strict.push({ path: ["color_transfer", "video"], video: color_transfer.video, role: colorRole });
  }
  for (const { path, video, role } of strict) {
    const found = videoFacts(facts, role).frames;
    if (found >= framesRead(settings, frames)) continue;
    const forPadding = padding.frames > 0 && found < framesForPadding(padding);
    report(path, {
      code: "too_few_frames",
      video,
      frames: found,
      needed: forPadding ? framesForPadding(padding) : frames,
      ...(forPadding && { padding: padding.frames }),
    });
  }
}

/** A target must have as many frames as its model sees at a time, where those are more than two. */
function checkWindow(settings: SynthesisSettings, facts: Facts, report: ReportProblem): void {
  for (const { term, index, target, role } of allTargets(settings)) {
    if (terms[term].stream === "spatial") continue;
    const { name: model, frames: seen = 2, stride = 1 } = modelFacts(facts, "temporal");
    const needed = (seen - 1) * stride + 1;
    const { frames } = videoFacts(facts, role);
    if (needed <= 2 || frames >= needed) continue;
    report(targetPath(term, index), {
      code: "shorter_than_window",
      video: target.video,
      frames,
      needed,
      model,
    });
  }
}

/**
 * At every frame some target of a mixture must have a share. Shares are 0 or more and linear between keyframes, so the
 * first frame at which all are 0 is a keyframe or the first frame there is; the padding has the shares of frame 0.
 */
function checkShares(settings: SynthesisSettings, facts: Facts, report: ReportProblem): void {
  const frames = stageFrames(settings, facts);
  if (frames === undefined) return;
  for (const term of targetTerms) {
    const shares = (settings.targets[term]?.targets ?? []).map(({ share }) => share);
    const first = settings.padding.frames === 0 && terms[term].stream === "temporal" ? 1 : 0;
    const keys = shares.flatMap((share) => typeof share === "number" ? [] : Object.keys(share).map(Number));
    const times = [first, ...keys.sort((a, b) => a - b)].filter((time) => time >= first && time < frames);
    const frame = times.find((time) => shares.every((share) => keyframeValue(share, time) === 0));
    if (shares.length > 0 && frame !== undefined) {
      report(["targets", term, "mixture"], { code: "no_share_at", frame });
    }
  }
}

/** Content is compared place by place and frame by frame. */
function checkContent(settings: SynthesisSettings, facts: Facts, report: ReportProblem): void {
  const needed = stageSize(settings, facts);
  for (const { term, index, target, role } of allTargets(settings)) {
    if (term !== "spatial_content" && term !== "temporal_content") continue;
    const found = videoFacts(facts, role);
    if (found.height !== needed.height || found.width !== needed.width) {
      report(targetPath(term, index), {
        code: "content_size",
        video: target.video,
        size: words(found),
        needed: words(needed),
      });
    }
    if (target.length !== "strict") {
      report(["targets", term, "mixture", index, "length"], { code: "content_length", term });
    }
  }
}

function checkFirstFrame(settings: SynthesisSettings, report: ReportProblem): void {
  if (settings.padding.frames === 0 && !usedStreams(settings).includes("spatial")) {
    report(["padding"], { code: "no_first_frame" });
  }
}

/** At each octave the frame, and every target, must be large enough for the models. */
function checkOctaves(settings: SynthesisSettings, facts: Facts, report: ReportProblem): void {
  const limits = octaveLimits(settings, facts);
  settings.octaves.forEach((step, index) => {
    const small = brokenLimit(limits, step);
    if (small === undefined) return;
    report(["octaves", "steps", index, "octave"], {
      code: "octave_too_small",
      octave: step.octave,
      of: small.of,
      size: words(octaveSize(small.full, step)),
      smallest: small.smallest,
      why: small.why,
    });
  });
}

/** Every frame needs an octave with iterations. */
function checkIterations(settings: SynthesisSettings, facts: Facts, report: ReportProblem): void {
  const frames = stageFrames(settings, facts);
  if (frames === undefined) return;
  const frame = firstWithoutIterations(settings.octaves, firstOptimizedTime(settings.padding), frames);
  if (frame !== undefined) report(["octaves"], { code: "no_iterations_at", frame });
}

function words({ height, width }: Size): string {
  return `${height} x ${width}`;
}
