/**
 * Placeholder until the synthesis is written.
 * @module
 */
import type { StageContext } from "../../plan/stage_kind.ts";
import type { SynthesisSettings } from "../../synthesis/settings.ts";

export function runSynthesis(_settings: SynthesisSettings, _context: StageContext): Promise<void> {
  return Promise.reject(new Error("the synthesis is not written yet"));
}
