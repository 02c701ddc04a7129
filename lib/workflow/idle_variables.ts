/**
 * Variables of a matrix that decide nothing: their instances would be the same under several names.
 * @module
 */
import type { Collector } from "./collector.ts";
import type { ExpandedInstance } from "./expand.ts";
import { type Entry, entryOf, type LocatedNode, type MapNode, mentions, withoutKeys } from "./located.ts";

/**
 * Reports the variables of stages that no setting says, unless they choose among the instances of a stage that is named
 * and has a variable of that name, too. Stages without instances have other problems.
 */
export function reportIdleVariables<Stage>(
  root: MapNode,
  instances: readonly Pick<ExpandedInstance<Stage>, "stage" | "section">[],
  collector: Collector,
): void {
  const sound = new Set(instances.filter(({ section }) => section === "stages").map(({ stage }) => stage));
  const stages = entriesOf(entryOf(root, "stages")?.value);
  for (const [name, { value: stage }] of stages) {
    if (stage.kind !== "map" || !sound.has(name)) continue;
    const settings = withoutKeys(stage, ["kind", "matrix"]);
    for (const [variable, { key }] of variablesOf(stage)) {
      const chooses = stages.some(([other, { value }]) =>
        variablesOf(value).some(([its]) => its === variable) && mentions(stage, (word) => word === other)
      );
      if (!chooses && !mentions(settings, (text) => says(text, variable))) {
        collector.report(key, { code: "idle_variable", variable });
      }
    }
  }
}

function entriesOf(node: LocatedNode | undefined): readonly [string, Entry][] {
  return node?.kind === "map" ? [...node.entries] : [];
}

function variablesOf(stage: LocatedNode): readonly [string, Entry][] {
  return entriesOf(entryOf(stage, "matrix")?.value);
}

/** Also where a variable can't stand, inside of a text: that is a problem of its own. */
function says(text: string, variable: string): boolean {
  return text.matchAll(/\$([A-Za-z][A-Za-z0-9_-]*)/g).some(([, name]) => name === variable);
}
