/**
 * What a reader of a comparison's numbers has to know of the videos.
 * @module
 */
import type { VideoFacts } from "../../plan/stage_kind.ts";
import { rateValue } from "../../video/rate.ts";
import type { Condition } from "./conditions.ts";

/** In what a video differs from its reference, and what that means, in a sentence. */
export interface Caution {
  readonly limits: "length" | "size" | "rate";
  readonly text: string;
}

/** One for each difference of each video. */
export function cautions(conditions: readonly Condition[]): readonly Caution[] {
  const found = conditions.flatMap(({ videos }) => videos).flatMap(({ name, facts, reference }) =>
    reference === undefined ? [] : differences(name, facts, reference.name, reference.facts)
  );
  return [...new Map(found.map((caution) => [caution.text, caution])).values()];
}

function differences(name: string, own: VideoFacts, other: string, its: VideoFacts): Caution[] {
  const found: Caution[] = [];
  if (own.height !== its.height || own.width !== its.width) {
    const text = `${name} is ${own.height} x ${own.width}, ${other} ${its.height} x ${its.width}: ` +
      "optical flow and spatial frequencies are in pixels of each video's own";
    found.push({ limits: "size", text });
  }
  if (own.fps !== its.fps) {
    const text =
      `${name} has ${inWords(own.fps)} frames per second, ${other} ${inWords(its.fps)}: pixel change and ` +
      "optical flow are per frame of each video's own, and nothing is compared frame by frame";
    found.push({ limits: "rate", text });
  } else if (own.frames !== its.frames) {
    const text = `${name} has ${own.frames} frames, ${other} ${its.frames}: the first ` +
      `${
        Math.min(own.frames, its.frames)
      } of both are compared; spectra are of as many frames as all videos have`;
    found.push({ limits: "length", text });
  }
  return found;
}

function inWords(fps: string): string {
  return String(Number(rateValue(fps).toFixed(3)));
}
