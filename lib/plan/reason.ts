/**
 * Why an instance has to be computed. Changes are found by comparing the texts that keys are hashes of, so that two keys
 * differ exactly when there is a reason.
 * @module
 */
import type { Json } from "./stage_kind.ts";

/** One cause. A value that was or is not there is left out. */
export type Reason =
  | { readonly reason: "new" }
  | { readonly reason: "setting"; readonly path: string; readonly from?: Json; readonly to?: Json }
  | { readonly reason: "input"; readonly role: string; readonly name?: string }
  | { readonly reason: "model"; readonly role: string; readonly name?: string }
  | { readonly reason: "format"; readonly from: number; readonly to: number }
  | { readonly reason: "kind"; readonly from: string; readonly to: string }
  | { readonly reason: "frames"; readonly finished: number; readonly wanted: number }
  | { readonly reason: "damaged"; readonly file: string }
  | { readonly reason: "forced" };

/** A value of a JSON text, or undefined where there is none. */
type Value = Json | undefined;

/**
 * What changed between two texts that were hashed. Empty only for equal texts.
 * @param names of inputs and models, by role
 */
export function explainChange(
  before: string,
  now: string,
  names: Readonly<Record<string, string>> = {},
): readonly Reason[] {
  const [old, current]: [Json, Json] = [JSON.parse(before), JSON.parse(now)];
  return differences(old, current, []).map(({ path, from, to }) => toReason(path, from, to, names));
}

/** Two values of which one or both are plain, or of different sorts, at one place. */
export interface Difference {
  readonly path: readonly string[];
  readonly from: Value;
  readonly to: Value;
}

/** All places in which two values of JSON differ, the innermost that can be named; items of lists go by their index. */
export function differences(from: Value, to: Value, path: readonly string[] = []): readonly Difference[] {
  const [a, b] = [children(from), children(to)];
  if (a === undefined || b === undefined || Array.isArray(from) !== Array.isArray(to)) {
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }];
  }
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return keys.flatMap((key) => differences(a.get(key), b.get(key), [...path, key]));
}

function children(value: Value): ReadonlyMap<string, Json> | undefined {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}

function toReason(
  [section, ...path]: readonly string[],
  from: Value,
  to: Value,
  names: Readonly<Record<string, string>>,
): Reason {
  const role = path.join(".");
  const name = names[role];
  switch (section) {
    case "inputs":
      return { reason: "input", role, ...(name !== undefined && { name }) };
    case "models":
      return { reason: "model", role, ...(name !== undefined && { name }) };
    case "format":
      return { reason: "format", from: Number(from), to: Number(to) };
    case "kind":
      return { reason: "kind", from: String(from), to: String(to) };
    default: {
      const where = section === "settings" ? role : [section, ...path].join(".");
      return {
        reason: "setting",
        path: where,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      };
    }
  }
}

/** A reason in words: `seed changed from 1 to 2`. */
export function describeReason(reason: Reason): string {
  switch (reason.reason) {
    case "new":
      return "not made yet";
    case "setting":
      if (reason.path.startsWith(fileDigests)) return describeFileChange(reason);
      return `${reason.path} changed from ${words(reason.from)} to ${words(reason.to)}`;
    case "input":
      return `the video at ${reason.role}${ofName(reason.name)} changed`;
    case "model":
      return `the weights of the model at ${reason.role}${ofName(reason.name)} changed`;
    case "format":
      return `this version computes it differently (format ${reason.from} became ${reason.to})`;
    case "kind":
      return `its kind changed from ${reason.from} to ${reason.to}`;
    case "frames":
      return `${reason.finished} of ${reason.wanted} frames are finished`;
    case "damaged":
      return `${reason.file} is damaged`;
    case "forced":
      return "made again by --force";
  }
}

/** Where the settings of a video that is decoded have the digests of what it is decoded from. */
const fileDigests = "files.";

/** 64 digits say less than 8. */
function describeFileChange({ from, to }: Extract<Reason, { reason: "setting" }>): string {
  const [before, now] = [from, to].map((digest) => words(digest).slice(0, 8));
  return `the content of its file changed (sha256 ${before}... to ${now}...)`;
}

function words(value: Json | undefined): string {
  return value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);
}

function ofName(name: string | undefined): string {
  return name === undefined ? "" : ` (${name})`;
}
