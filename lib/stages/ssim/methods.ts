/**
 * Structural similarity in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { wang2004 } from "../bibliography.ts";
import { citing, listed } from "../method_phrases.ts";
import { videosListed } from "../video_list.ts";
import { ssimFormWords } from "../ssim_form_words.ts";
import type { SsimSettings } from "./schema.ts";

/** What was compared with what, and by which form of SSIM. */
export function ssimMethods({ form }: SsimSettings, facts: Facts): Methods {
  const [reference, ...others] = videosListed(facts);
  return {
    made:
      `made by comparing ${listed(others.map(({ name }) => name))} with ${reference?.name} by structural ` +
      `similarity (SSIM)${citing([wang2004])}, frame by frame, as delivered in 8 bits`,
    details: [
      `Local statistics were those of ${ssimFormWords[form]}; values are means over pixels and channels.`,
    ],
    citations: [wang2004],
  };
}
