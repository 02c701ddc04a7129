/**
 * The kinds of stages. A new kind is one folder and one line here.
 * @module
 */
import { bindKind, type BoundKind } from "../plan/bound_kind.ts";
import { matchKind } from "./match/kind.ts";
import { predictedFramesKind } from "./predicted_frames/kind.ts";
import { predictionKind } from "./prediction/kind.ts";
import { ssimKind } from "./ssim/kind.ts";
import { synthesisKind } from "./synthesis/kind.ts";
import { videoKind } from "./video/kind.ts";

/** The kinds that a workflow's `stages` may name. */
export const stageKinds: readonly BoundKind[] = [
  bindKind(synthesisKind),
  bindKind(matchKind),
  bindKind(ssimKind),
  bindKind(predictionKind),
  bindKind(predictedFramesKind),
];

/** What an entry of `videos` is. */
export const videoEntryKind: BoundKind = bindKind(videoKind);

/** The kind of that name, as plans name it. Throws an Error when there is none. */
export function kindNamed(name: string): BoundKind {
  const kind = [videoEntryKind, ...stageKinds].find((kind) => kind.name === name);
  if (kind === undefined) throw new Error(`no kind ${name}`);
  return kind;
}
