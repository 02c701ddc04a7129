/**
 * In what two results were made under different conditions, of those that decide bits.
 * @module
 */
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
  const of = (
    name: "version" | "provider" | "device" | "precision" | "threads" | "convolution" | "arithmetic",
  ) => all(sessions.map(({ engine }) => engine && String(engine[name])));
  return {
    CPU: all(sessions.map(({ cpu }) => cpu)),
    engine: all(sessions.map(({ engine }) => engine?.name)),
    "engine's version": of("version"),
    provider: of("provider"),
    device: of("device"),
    precision: of("precision"),
    threads: of("threads"),
    convolutions: of("convolution"),
    arithmetic: of("arithmetic"),
    // Only decoding is done by it.
    ...(source !== undefined && software.ffmpeg !== undefined && { ffmpeg: software.ffmpeg }),
  };
}
