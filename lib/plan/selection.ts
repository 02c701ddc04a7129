/**
 * Which instances a run is about.
 * @module
 */
import { quoted, suggestion } from "../workflow/wording.ts";
import type { InspectedInstance } from "./inspect.ts";

/**
 * The instances of the named stages, or named instances, with all that they need; without names all stages. Videos that
 * no stage reads are left out. Names that are not there are returned beside.
 */
export function selectInstances(
  inspected: readonly InspectedInstance[],
  only: readonly string[] = [],
): { readonly selected: readonly InspectedInstance[]; readonly unknown: readonly string[] } {
  const isNamed = ({ instance }: InspectedInstance) =>
    only.includes(instance.stage) || only.includes(instance.name);
  const isStage = ({ instance }: InspectedInstance) => instance.section === "stages";
  const wanted = new Set(
    inspected.filter(only.length === 0 ? isStage : isNamed).map(({ instance }) => instance.name),
  );
  for (const { instance } of inspected.toReversed()) {
    if (wanted.has(instance.name)) instance.needs.forEach((name) => wanted.add(name));
  }
  const unknown = only.filter((name) =>
    !inspected.some(({ instance }) => instance.stage === name || instance.name === name)
  );
  return { selected: inspected.filter(({ instance }) => wanted.has(instance.name)), unknown };
}

/** What is wrong with names that `selectInstances` did not find, a line for each. */
export function describeUnknown(
  unknown: readonly string[],
  inspected: readonly InspectedInstance[],
  option = "--only",
): string {
  const known = [...new Set(inspected.map(({ instance }) => instance.stage))];
  return unknown.map((name) =>
    `${option} ${name}: error: the workflow has no stage ${quoted(name)}; it has ${known.join(", ")}${
      suggestion(name, known)
    }`
  ).join("\n");
}
