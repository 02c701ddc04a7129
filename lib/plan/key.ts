/**
 * Keys of instances: a hash of all that decides their bytes.
 * @module
 */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Json } from "./stage_kind.ts";

/** All that decides the bytes of an instance. */
export interface KeyRecord {
  readonly v: 1;
  readonly kind: string;
  readonly format: number;
  readonly settings: Json;
  /** Keys of the instances that are read, by role. */
  readonly inputs: Readonly<Record<string, string>>;
  /** sha256 of the models' weights, by role. */
  readonly models: Readonly<Record<string, string>>;
}

/** A key, and the very text that it is the hash of. */
export interface Key {
  /** `synthesis-0123456789abcdef` */
  readonly key: string;
  /** Canonical JSON (RFC 8785). */
  readonly hashed: string;
}

/** The key of what a record describes. Throws an Error when it holds a number that JSON does not have. */
export function keyOf(record: KeyRecord): Key {
  const hashed = canonicalize(record);
  if (hashed === undefined) throw new Error("a key record without JSON");
  const digest = createHash("sha256").update(hashed).digest("hex");
  return { key: `${record.kind}-${digest.slice(0, 16)}`, hashed };
}
