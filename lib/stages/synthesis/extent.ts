/**
 * How large the frames of a synthesis are, and how many there are.
 * @module
 */
import type { Size } from "../../frames/frame.ts";
import type { Facts, ModelFacts, VideoFacts } from "../../plan/stage_kind.ts";
import { framesForPadding } from "../../synthesis/padding.ts";
import type { FrameColor, Length, SynthesisSettings } from "../../synthesis/settings.ts";
import { allTargets, colorRole, modelRole, startRole, type StreamName } from "./roles.ts";

/** What is known of a video of the stage. Throws an Error when the plan forgot it. */
export function videoFacts({ videos }: Facts, role: string): VideoFacts {
  const facts = videos[role];
  if (facts === undefined) throw new Error(`nothing is known of the video at ${role}`);
  return facts;
}

/** What is known of a stream's model. Throws an Error when the plan forgot it. */
export function modelFacts({ models }: Facts, stream: StreamName): ModelFacts {
  const facts = models[modelRole(stream)];
  if (facts === undefined) throw new Error(`nothing is known of the ${stream} model`);
  return facts;
}

/** What is known of the first target, which lends the stage its size, frame rate and transfer. */
export function firstTarget(settings: SynthesisSettings, facts: Facts): VideoFacts {
  const [first] = allTargets(settings);
  if (first === undefined) throw new Error("a synthesis without a target");
  return videoFacts(facts, first.role);
}

/** Full size: as set; a side left out follows from the other and the first target's shape; without both, the first target's. */
export function stageSize(settings: SynthesisSettings, facts: Facts): Size {
  const target = firstTarget(settings, facts);
  const { height, width } = settings;
  if (height !== undefined) {
    return { height, width: width ?? Math.max(1, Math.round(height * target.width / target.height)) };
  }
  if (width !== undefined) {
    return { height: Math.max(1, Math.round(width * target.height / target.width)), width };
  }
  return { height: target.height, width: target.width };
}

/** Whether the frames have colors: as set, else gray when all targets are. */
export function stageColor(settings: SynthesisSettings, facts: Facts): FrameColor {
  if (settings.color !== undefined) return settings.color;
  return allTargets(settings).every(({ role }) => videoFacts(facts, role).color === "gray") ? "gray" : "rgb";
}

/** What is known of the video that the stage makes. Throws an Error when its number of frames is not known. */
export function stageVideo(settings: SynthesisSettings, facts: Facts): VideoFacts {
  const frames = stageFrames(settings, facts);
  if (frames === undefined) throw new Error("a synthesis whose number of frames is not known");
  const { fps, transfer } = firstTarget(settings, facts);
  return {
    ...stageSize(settings, facts),
    frames,
    fps,
    ...(stageColor(settings, facts) === "gray" && { color: "gray" }),
    ...(transfer !== undefined && { transfer }),
  };
}

/** Number of output frames: as set, else as many as the shortest strict target has; undefined when neither says it. */
export function stageFrames(settings: SynthesisSettings, facts: Facts): number | undefined {
  if (settings.frames !== undefined) return settings.frames;
  const strict = allTargets(settings).filter(({ target }) => target.length === "strict");
  const counts = strict.map(({ role }) => videoFacts(facts, role).frames);
  return counts.length === 0 ? undefined : Math.min(...counts);
}

/** Frames that are read, from the first, of a video that has a frame for each output frame and for the padding. */
export function framesRead({ padding }: SynthesisSettings, frames: number): number {
  return Math.max(frames, padding.frames === 0 ? 0 : framesForPadding(padding));
}

/** What the video whose colors are taken does after its last frame: what it does as a target, else `strict`. */
export function colorLength(settings: SynthesisSettings): Length {
  const { color_transfer } = settings;
  if (color_transfer === "none") return "strict";
  return allTargets(settings).find(({ target }) => target.video === color_transfer.video)?.target.length ??
    "strict";
}

/** How many frames of each input are read; targets that repeat themselves are read whole. */
export function synthesisReads(settings: SynthesisSettings, facts: Facts): Record<string, number> {
  const frames = stageFrames(settings, facts);
  if (frames === undefined) return {};
  const all = framesRead(settings, frames);
  const strict = allTargets(settings).filter(({ target }) => target.length === "strict");
  const reads: Record<string, number> = Object.fromEntries(strict.map(({ role }) => [role, all]));
  if (colorLength(settings) === "strict") reads[colorRole] = all;
  return { ...reads, [startRole]: 1 };
}
