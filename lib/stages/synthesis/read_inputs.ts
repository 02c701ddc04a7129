/**
 * The frames of other videos that a synthesis looks at, by time.
 * @module
 */
import type { Frame, Size } from "../../frames/frame.ts";
import { resizeBilinear } from "../../frames/resize.ts";
import { keyframeValue } from "../../synthesis/keyframes.ts";
import { frameWithin } from "../../synthesis/length.ts";
import { firstTime, targetFrameAt } from "../../synthesis/padding.ts";
import {
  type Length,
  type SynthesisSettings,
  type TargetTerm,
  targetTerms,
} from "../../synthesis/settings.ts";
import type { TargetFrames, TransitionTargets } from "../../synthesis/targets.ts";
import { type ModelWindow, timesBefore } from "../../synthesis/window.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { colorLength } from "./extent.ts";
import type { VideoFrames } from "./recent_frames.ts";
import { allTargets, colorRole, startRole, targetRole } from "./roles.ts";

/** Videos by role. */
export type Inputs = Readonly<Record<string, VideoFrames>>;

/** What the frame at a time is compared with, and what the temporal model sees before it. Frame 0 without padding has no frame before it: spatial terms alone. */
export async function readTargets(
  settings: SynthesisSettings,
  inputs: Inputs,
  window: ModelWindow,
  time: number,
): Promise<TransitionTargets> {
  const first = firstTime(settings.padding);
  const isFirst = time === first;
  const frameAt = async (term: TargetTerm, index: number, length: Length, at: number) =>
    await readFrame(source(inputs, targetRole(term, index)), targetFrameAt(at, settings.padding), length);
  const found: Partial<Record<TargetTerm, readonly TargetFrames[]>> = {};
  for (const term of targetTerms) {
    const isTemporal = terms[term].stream === "temporal";
    const targets = settings.targets[term]?.targets;
    if (targets === undefined || (isTemporal && isFirst)) continue;
    found[term] = await Promise.all(targets.map(async ({ share, length }, index) => {
      const before = isTemporal
        ? await Promise.all(
          timesBefore(window, time, first).map((before) => frameAt(term, index, length, before)),
        )
        : undefined;
      const current = await frameAt(term, index, length, time);
      return { share: keyframeValue(share, time), current, before };
    }));
  }
  return found;
}

/** The frame whose colors the frame at a time takes; undefined when it keeps its own. */
export async function readColorTarget(settings: SynthesisSettings, inputs: Inputs, time: number) {
  const { color_transfer, padding } = settings;
  if (color_transfer === "none") return undefined;
  const target = await readFrame(
    source(inputs, colorRole),
    targetFrameAt(time, padding),
    colorLength(settings),
  );
  return { target, variant: color_transfer.variant };
}

/**
 * Begins to read what the frame at a time will look at: a slow disk then works while the frame before is optimized. What
 * goes wrong is thrown where the frame is needed.
 */
export function readAhead(
  settings: SynthesisSettings,
  inputs: Inputs,
  window: ModelWindow,
  time: number,
): void {
  const read = [readTargets(settings, inputs, window, time), readColorTarget(settings, inputs, time)];
  Promise.all(read).catch(() => undefined);
}

/** The picture that `start_from` names, of the stage's size; undefined when it is noise. */
export async function readStart(
  settings: SynthesisSettings,
  inputs: Inputs,
  { height, width }: Size,
): Promise<Frame | undefined> {
  const { start_from, padding } = settings;
  if (start_from === "noise") return undefined;
  if (start_from === "gray") return { height, width, data: new Float32Array(height * width * 3).fill(0.5) };
  const picture = start_from === "target"
    ? await firstTargetFrame(settings, inputs, targetFrameAt(firstTime(padding), padding))
    : await readFrame(source(inputs, startRole), 0, "strict");
  return resizeBilinear(picture, height, width);
}

async function firstTargetFrame(settings: SynthesisSettings, inputs: Inputs, index: number): Promise<Frame> {
  const [first] = allTargets(settings);
  if (first === undefined) throw new Error("a synthesis without a target");
  return await readFrame(source(inputs, first.role), index, first.target.length);
}

function source(inputs: Inputs, role: string): VideoFrames {
  const found = inputs[role];
  if (found === undefined) throw new Error(`no input ${role} among ${Object.keys(inputs).join(", ")}`);
  return found;
}

async function readFrame(source: VideoFrames, index: number, length: Length): Promise<Frame> {
  return await source.frame(frameWithin(index, source.frames, length));
}
