/**
 * Frames as a playable file has them: coded, in 8 bits.
 * @module
 */
import { frameFromBytes } from "../frames/bytes.ts";
import type { Transfer } from "../frames/transfer.ts";
import type { StageContext, VideoFacts } from "../plan/stage_kind.ts";
import { deliveredBytes, readerOf, type ReadFrame, remembering } from "./read_frames.ts";

/** The values from 0 to 1 that people see on a screen, whatever values the video's frames are worked with. */
export function codedReader(
  inputs: StageContext["inputs"],
  { role, facts }: { readonly role: string; readonly facts: VideoFacts },
): ReadFrame {
  const read = readerOf(inputs, role);
  const transfer: Transfer = facts.transfer ?? "srgb";
  return remembering(async (time) => {
    const frame = await read(time);
    return frameFromBytes(deliveredBytes(frame, transfer), frame.height, frame.width);
  });
}
