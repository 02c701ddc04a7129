/**
 * Frozen files: what is going to be made, written down before it is, under one hash.
 * @module
 */
import canonicalize from "canonicalize";
import { z } from "zod";
import { RunError } from "../errors.ts";
import { sha256OfBytes } from "../store/checksum.ts";
import { parseJson } from "../store/json_text.ts";
import { readTextIfThere } from "../store/presence.ts";
import { specificationSchema } from "../store/specification.ts";

/** Programs that take part in the making, by name, with their versions. */
const softwareSchema = z.object({
  metamer: z.string(),
  deno: z.string(),
  onnxruntime: z.string(),
  /** Absent where there is none. */
  ffmpeg: z.string().optional(),
});

/** The versions of the programs that take part. */
export type Software = z.infer<typeof softwareSchema>;

/** A frozen file of version 1. */
export const frozenSchema = z.object({
  v: z.literal(1),
  /** sha256 in hex of the canonical JSON (RFC 8785) of this file without `hash`. */
  hash: z.string(),
  /** The workflow, relative to this file. */
  file: z.string(),
  specification: specificationSchema,
  /** Names of the instances that are analyses: those that make a table. */
  analyses: z.array(z.string()),
  software: softwareSchema,
});

/** A frozen file. */
export type Frozen = z.infer<typeof frozenSchema>;

/** The same with its hash. */
export function withHash(content: Omit<Frozen, "hash">): Frozen {
  return { ...content, hash: hashOf(content) };
}

/** The frozen file, or undefined when there is none. Throws RunError when it is none, or is not what its hash stands for. */
export async function readFrozen(path: string): Promise<Frozen | undefined> {
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  const parsed = frozenSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new RunError(`${path} is no frozen file`);
  const { hash, ...content } = parsed.data;
  if (hash !== hashOf(content)) {
    throw new RunError(
      `${path} was changed after it was frozen: its content has the hash ${
        hashOf(content)
      }, and it says ${hash}`,
    );
  }
  return parsed.data;
}

function hashOf(content: Omit<Frozen, "hash">): string {
  const text = canonicalize(content);
  if (text === undefined) throw new Error("a frozen file without JSON");
  return sha256OfBytes(text);
}

/** Programs of other versions than at the registration, in sentences. */
export function differentVersions(then: Software, now: Software): readonly string[] {
  const names = ["metamer", "deno", "onnxruntime", "ffmpeg"] as const;
  return names.filter((name) => then[name] !== now[name]).map((name) =>
    `${name} is ${now[name] ?? "not here"}, and was ${then[name] ?? "not there"} when it was frozen`
  );
}
