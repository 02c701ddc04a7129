/**
 * What is recorded of a video's origin: read by the manifest, and by the run, which must not look at the file otherwise
 * than the plan did.
 * @module
 */
import { z } from "zod";
import { streamTraitsSchema } from "../../video/stream_traits.ts";

const side = z.int().positive();

/** A file, or the images of a sequence, as they were found. */
const fileDetails = z.object({
  kind: z.enum(["video", "still image", "images"]),
  codec: z.string(),
  pixel_format: z.string(),
  /** Of the file, before it is fitted. */
  height: side,
  width: side,
  /** How many frames the file has. */
  frames: z.int().positive(),
  /** "128:117" where pixels are not square; they are used as if they were. */
  pixel_aspect: z.string().exactOptional(),
  /** Of the file; absent where it carries none. */
  fps: z.string().exactOptional(),
  color: z.object({
    matrix: z.enum(["bt601", "bt709", "fcc", "smpte240m", "bt2020", "rgb"]),
    range: z.enum(["limited", "full"]),
    assumed: z.boolean(),
  }),
  /** Some pixels may be transparent, which the pixel format does not say. */
  transparent: z.literal(true).exactOptional(),
  /** Absent when all is as usual. */
  traits: streamTraitsSchema.exactOptional(),
});

/** A clip that is made here has nothing but its settings. */
const generatedDetails = z.object({ kind: z.literal("generated") });

/** The `details` of an inspected video. */
export const videoDetailsSchema = z.discriminatedUnion("kind", [fileDetails, generatedDetails]);

/** Details of a file. */
export type FileDetails = z.infer<typeof fileDetails>;
