/**
 * Where instances depart from the paper, and what there was to warn of.
 * @module
 */
import type { Reported } from "../content.ts";

/** A sentence, and the instances of which it is true. */
export interface Note {
  readonly text: string;
  readonly names: readonly string[];
}

/** Each deviation once. */
export function deviationNotes(instances: readonly Reported[]): readonly Note[] {
  return notes(instances, ({ finished: { manifest } }) => manifest.deviations);
}

/** Each warning once. */
export function warningNotes(instances: readonly Reported[]): readonly Note[] {
  return notes(
    instances,
    ({ finished: { manifest } }) =>
      manifest.warnings.map(({ text, where }) => where === undefined ? text : `${where}: ${text}`),
  );
}

function notes(
  instances: readonly Reported[],
  textsOf: (one: Reported) => readonly string[],
): readonly Note[] {
  const told = instances.flatMap((one) => textsOf(one).map((text) => ({ text, name: one.name })));
  return Array.from(
    Map.groupBy(told, ({ text }) => text),
    ([text, same]) => ({ text, names: [...new Set(same.map(({ name }) => name))] }),
  );
}
