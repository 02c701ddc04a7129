/**
 * What an equalization could not do, in words.
 * @module
 */
import type { EqualizedFrame } from "../../controls/equalize/equalize.ts";
import type { VideoFacts } from "../../plan/stage_kind.ts";
import type { Warning } from "../../store/events.ts";

/** What is told of a frame. */
export type Told = Omit<EqualizedFrame, "frame">;

/** Sentences on a whole clip. */
export function equalizeWarnings(
  frames: readonly Told[],
  { height, width }: Pick<VideoFacts, "height" | "width">,
): Warning[] {
  const pixels = frames.length * height * width;
  const clipped = frames.reduce((sum, { unfit }) => sum + unfit.clipped, 0);
  const paler = frames.reduce((sum, { unfit }) => sum + unfit.paler, 0);
  const flat = frames.filter(({ flat }) => flat).length;
  const short = frames.flatMap(({ short }) => short ?? []);
  const worst = short.reduce((least, { given }) => Math.min(least, given), Infinity);
  const some = (number: number) =>
    number === frames.length ? "the clip" : `${number} of ${frames.length} frames`;
  return [
    ...(clipped === 0 ? [] : [{ code: "clipped", text: `${share(clipped, pixels)} were clipped to 0 or 1` }]),
    ...(paler === 0 ? [] : [{
      code: "paler",
      text: `${share(paler, pixels)} were made paler, for with their luminance their colors did not fit`,
    }]),
    ...(flat === 0 ? [] : [{
      code: "no_contrast",
      text: `of one color and without contrast, so given the mean alone: ${some(flat)}`,
    }]),
    ...(short[0] === undefined ? [] : [{
      code: "less_contrast",
      text: `less contrast than ${
        inShort(short[0].wanted)
      }, for not even black and white give it at this mean: ${some(short.length)}, ${
        inShort(worst)
      } at least`,
    }]),
  ];
}

/** "1,234 of 27,648,000 pixels (0.0045 %)" */
function share(number: number, of: number): string {
  const count = (value: number) => value.toLocaleString("en-US");
  return `${count(number)} of ${count(of)} pixels (${inShort(100 * number / of)} %)`;
}

function inShort(value: number): number {
  return Number(value.toPrecision(2));
}
