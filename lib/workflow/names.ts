/**
 * The one namespace of videos, clip tables, stages and models.
 * @module
 */
import type { Collector } from "./collector.ts";
import { namePattern } from "./name_pattern.ts";
import type { Origin } from "./located.ts";

/** Words of the language that can't be names. */
export const reservedNames: readonly string[] = ["noise", "target", "gray", "none"];

/** What a name stands for. */
export type Named = "video" | "clip table" | "stage" | "model" | "built-in model";

/** A model that a name stands for in every workflow. */
export interface BuiltInModel {
  readonly name: string;
  /** What it can be asked for: streams of a synthesis, or predictions of frames. */
  readonly serves: "stream" | "prediction";
}

/** Names are taken in the order of the file; the second taker has the problem. */
export interface Namespace {
  /** True when the name was free and good. */
  take(name: string, named: Named, origin: Origin): boolean;
  kindOf(name: string): Named | undefined;
}

/** A namespace in which the built-in models' names are taken. */
export function createNamespace(builtInModels: readonly BuiltInModel[], collector: Collector): Namespace {
  const taken = new Map<string, Named>(builtInModels.map(({ name }) => [name, "built-in model"]));
  return {
    take(name, named, origin) {
      const by = taken.get(name);
      if (!namePattern.test(name)) collector.report(origin, { code: "bad_name", name });
      else if (reservedNames.includes(name)) collector.report(origin, { code: "reserved_name", name });
      else if (by !== undefined) collector.report(origin, { code: "name_taken", name, by: `a ${by}` });
      else {
        taken.set(name, named);
        return true;
      }
      return false;
    },
    kindOf: (name) => taken.get(name),
  };
}
