/**
 * Phase scrambling in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { greco2025 } from "../bibliography.ts";
import { colorTransferMethods } from "../color_transfer_methods.ts";
import { citing } from "../method_phrases.ts";
import { nameOfTaken, takenVideo } from "../one_video.ts";
import { colorRole, type PhaseScrambleStage } from "./schema.ts";

/** Whose phases were scrambled and how, and what colors the frames then got. */
export function phaseScrambleMethods(settings: PhaseScrambleStage, facts: Facts): Methods {
  const { color_transfer: transfer, seed } = settings;
  const colors = transfer === "none"
    ? { sentences: ["Values outside [0, 1] were clipped."], cites: [] }
    : colorTransferMethods(transfer.variant, facts.names?.[colorRole] ?? transfer.video);
  return {
    made: `made from ${nameOfTaken(settings, facts)} by scrambling its phases and keeping its amplitudes${
      citing([greco2025])
    }`,
    details: [
      ...steps(settings),
      ...(takenVideo(facts).color === "gray" ? [] : [
        `Red, green and blue had ${
          settings.channels === "same" ? "the same angles" : "angles of their own"
        }.`,
      ]),
      ...colors.sentences,
      `The seed of the angles was ${seed}.`,
    ],
    citations: [greco2025, ...colors.cites],
  };
}

function steps({ steps, angles, mode }: PhaseScrambleStage): readonly string[] {
  const what = mode === "add"
    ? "random angles were added to the phases"
    : "the phases were replaced by random ones";
  const same = angles === "shared" ? "the same for all frames" : "other ones for each frame";
  const frames = `${what} of each frame's two-dimensional spectrum, ${same}`;
  const clip = `${what} of the whole clip's three-dimensional spectrum`;
  if (steps === "both") return [`First ${frames}.`, `Then ${clip}.`];
  const only = steps === "frames" ? frames : clip;
  return [`${only.charAt(0).toUpperCase()}${only.slice(1)}.`];
}
