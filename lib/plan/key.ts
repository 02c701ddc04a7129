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
  return { key: `${record.kind}-${beginningOfHash(hashed)}`, hashed };
}

/** True when the key is that of this text: a file that should hold it may be damaged. */
export function isHashedBy(key: string, text: string): boolean {
  return key.endsWith(`-${beginningOfHash(text)}`);
}

function beginningOfHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
