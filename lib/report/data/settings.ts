/**
 * The settings of every instance, as they would stand in a workflow.
 * @module
 */
import { stringify } from "yaml";
import type { Reported } from "../content.ts";

/** YAML of each, with all defaults. */
export function settingsTexts(
  instances: readonly Reported[],
): readonly { readonly name: string; readonly yaml: string }[] {
  return instances.map(({ name, finished: { manifest: { kind, settings } } }) => {
    const own = typeof settings === "object" && settings !== null && !Array.isArray(settings) ? settings : {};
    // A clip is an entry of `videos`, which has no kind.
    return {
      name,
      yaml: stringify(kind === "video" ? own : { kind, ...own }, { flowCollectionPadding: true }),
    };
  });
}
