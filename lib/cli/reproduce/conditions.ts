/**
 * In what two results were made under different conditions, of those that decide bits.
 * @module
 */
import { engineConditions, engineFields } from "../../store/engine_conditions.ts";
import type { Manifest } from "../../store/manifest.ts";

/** A sentence for each: "2 threads, and 4 then". Empty for conditions under which the bytes should be the same. */
export function differentConditions(recorded: Manifest, again: Manifest): readonly string[] {
  const [then, now] = [conditionsOf(recorded), conditionsOf(again)];
  return Object.keys({ ...then, ...now }).flatMap((name) => {
    const [before, here] = [then[name] ?? "not recorded", now[name] ?? "not recorded"];
    return before === here ? [] : [`${name}: ${here} here, ${before} then`];
  });
}

/** Of several sessions all that there were. */
function conditionsOf({ sessions, software, source }: Manifest): Readonly<Record<string, string>> {
  const all = (values: readonly (string | undefined)[]) =>
    [...new Set(values.filter((value) => value !== undefined))].join(" and ");
  const ofEngines = engineFields.map((field) =>
    [engineConditions[field], all(sessions.map(({ engine }) => engine && String(engine[field])))] as const
  );
  return {
    CPU: all(sessions.map(({ cpu }) => cpu)),
    ...Object.fromEntries(ofEngines),
    // Only decoding is done by it.
    ...(source !== undefined && software.ffmpeg !== undefined && { ffmpeg: software.ffmpeg }),
  };
}
