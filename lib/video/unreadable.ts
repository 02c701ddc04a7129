/**
 * Why a file can't be read as a video, in the words of people who have not read ffmpeg's source.
 * @module
 */
import { z } from "zod";

/** A file that cannot be used, with the reason in a few words; as it can be remembered. */
export const probeFailureSchema = z.readonly(z.object({ unreadable: z.string() }));

/** A file that cannot be used. */
export type ProbeFailure = z.infer<typeof probeFailureSchema>;

/** What ffprobe says, and what it means. */
const meanings: readonly { readonly told: RegExp; readonly means: string }[] = [
  {
    told: /moov atom not found/,
    means:
      "its index is missing (no moov atom): a recording or download was cut short, or it is no video at all",
  },
  {
    told: /Picture size .* is invalid|Invalid image size|max_pixels|dimensions/i,
    means: "its frames are larger than 8192 x 8192 pixels, or their size is damaged",
  },
  {
    told: /Invalid data found|^End of file$|^Input\/output error$|chunk too big/m,
    means: "it is damaged or cut short, or neither a video nor an image",
  },
];

/** Failures of probing. */
export const unreadable = {
  /** ffprobe's own reason, explained where it is one of those that are known. */
  asTold: (reason: string): ProbeFailure => {
    const means = meanings.find(({ told }) => told.test(reason))?.means;
    const [last = ""] = reason.split("\n").slice(-1);
    return { unreadable: means ?? (last === "" ? "no frame in it can be decoded" : last) };
  },
  empty: (): ProbeFailure => ({ unreadable: "it is empty" }),
  cutShort: (): ProbeFailure => ({ unreadable: "it is cut short" }),
  text: (): ProbeFailure => ({ unreadable: "it is a text file" }),
  noVideo: (): ProbeFailure => ({ unreadable: "there is no video in it" }),
  noFrame: (): ProbeFailure => ({ unreadable: "no frame in it can be decoded" }),
  playlist: (name: string): ProbeFailure => ({
    unreadable: `it is a playlist (${name}), which only names other files; name the video itself`,
  }),
};
