/**
 * What stages have in common that make a video of the frames of another one.
 * @module
 */
import type { Facts, PreviewScale, Reference, ReportProblem, VideoFacts } from "../plan/stage_kind.ts";
import { frameCount, name } from "../workflow/fields.ts";

/** Which frames are taken. */
export interface OneVideoSettings {
  readonly video: string;
  readonly frames?: number;
}

/** For the schema of such a stage. */
export const oneVideoFields = {
  video: name.describe("The video, or the stage that makes it, whose frames are taken."),
  frames: frameCount.exactOptional().describe(
    "How many of its frames are taken, from the first. Left out: all.",
  ),
};

/** The role of the video. */
export const videoRole = "video";

/** The video. */
export function videoReference({ video }: OneVideoSettings): Reference {
  return { path: [videoRole], name: video, wants: "video" };
}

/** What is known of the video. Throws an Error when the plan forgot it. */
export function takenVideo({ videos }: Facts): VideoFacts {
  const facts = videos[videoRole];
  if (facts === undefined) throw new Error("nothing is known of the video");
  return facts;
}

/** The name of the video's instance, for sentences about it. */
export function nameOfTaken({ video }: OneVideoSettings, { names }: Facts): string {
  return names?.[videoRole] ?? video;
}

/** Reports more frames than there are. */
export function checkFrameCount(
  { video, frames }: OneVideoSettings,
  facts: Facts,
  report: ReportProblem,
): void {
  const found = takenVideo(facts).frames;
  if (frames === undefined || frames <= found) return;
  report(["frames"], { code: "fewer_frames", video, frames: found, wanted: frames });
}

/** The video that is made: as large and as fast as the other. */
export function sameVideo({ frames }: OneVideoSettings, facts: Facts): VideoFacts {
  const video = takenVideo(facts);
  return { ...video, frames: frames ?? video.frames };
}

/** How many frames are read. */
export function readsTaken(settings: OneVideoSettings, facts: Facts): Record<string, number> {
  return { [videoRole]: sameVideo(settings, facts).frames };
}

/** The settings with as many frames as a preview has. */
export function fewerFrames<Settings extends OneVideoSettings>(
  settings: Settings,
  facts: Facts,
  scale: PreviewScale,
): Settings {
  return { ...settings, frames: Math.min(sameVideo(settings, facts).frames, scale.frames) };
}
