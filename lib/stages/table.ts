/**
 * The kinds of stages. A new kind is one folder and one line here.
 * @module
 */
import { bindKind, type BoundKind } from "../plan/bound_kind.ts";
import { activationsKind } from "./activations/kind.ts";
import { blockScrambleKind } from "./block_scramble/kind.ts";
import { diffeomorphicKind } from "./diffeomorphic/kind.ts";
import { equalizeKind } from "./equalize/kind.ts";
import { featuresKind } from "./features/kind.ts";
import { frameShuffleKind } from "./frame_shuffle/kind.ts";
import { matchKind } from "./match/kind.ts";
import { phaseScrambleKind } from "./phase_scramble/kind.ts";
import { predictedFramesKind } from "./predicted_frames/kind.ts";
import { predictionKind } from "./prediction/kind.ts";
import { rdmKind } from "./rdm/kind.ts";
import { readoutKind } from "./readout/kind.ts";
import { reportKind } from "./report/kind.ts";
import { reverseKind } from "./reverse/kind.ts";
import { similarityKind } from "./similarity/kind.ts";
import { ssimKind } from "./ssim/kind.ts";
import { synthesisKind } from "./synthesis/kind.ts";
import { videoKind } from "./video/kind.ts";

/** The kinds that a workflow's `stages` may name. */
export const stageKinds: readonly BoundKind[] = [
  bindKind(synthesisKind),
  bindKind(phaseScrambleKind),
  bindKind(frameShuffleKind),
  bindKind(reverseKind),
  bindKind(blockScrambleKind),
  bindKind(diffeomorphicKind),
  bindKind(equalizeKind),
  bindKind(matchKind),
  bindKind(featuresKind),
  bindKind(ssimKind),
  bindKind(similarityKind),
  bindKind(activationsKind),
  bindKind(rdmKind),
  bindKind(readoutKind),
  bindKind(predictionKind),
  bindKind(predictedFramesKind),
  bindKind(reportKind),
];

/** What an entry of `videos` is. */
export const videoEntryKind: BoundKind = bindKind(videoKind);

/** The kind of that name, as plans name it. Throws an Error when there is none. */
export function kindNamed(name: string): BoundKind {
  const kind = [videoEntryKind, ...stageKinds].find((kind) => kind.name === name);
  if (kind === undefined) throw new Error(`no kind ${name}`);
  return kind;
}
