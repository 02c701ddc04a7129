/**
 * What was, or is to be, made, in full: a workflow with all defaults, and what each instance of it is the hash of. It stands in
 * a workflow's folder, in every manifest and in frozen files, so that any of them can be compared and run again.
 * @module
 */
import { z } from "zod";
import { type CheckedContent, readChecked, writeChecked } from "./checked_json.ts";

const instanceSchema = z.object({
  section: z.enum(["videos", "stages"]),
  /** The stage or video that it is an instance of. */
  stage: z.string(),
  /** Its name in the workflow here, which has no matrices. */
  written: z.string(),
  /** Absent where it was not planned, or depends on weights that were not there. */
  key: z.string().optional(),
  /** What the key is the hash of; absent where it was not planned. */
  record: z.json().optional(),
  /** Names of the instances and models that it reads, by role. */
  names: z.record(z.string(), z.string()),
  /** Of the video, when it makes one. */
  video: z.object({ frames: z.int(), height: z.int(), width: z.int(), fps: z.string() }).optional(),
});

/** A specification of version 1. */
export const specificationSchema = z.object({
  v: z.literal(1),
  /** The instance that it is for, with what that needs; absent where it is a whole workflow. */
  of: z.string().optional(),
  /** In the language, with all defaults; file paths are relative to the file in which this stands. */
  workflow: z.object({
    metamer: z.literal(1),
    title: z.string().optional(),
    videos: z.record(z.string(), z.record(z.string(), z.json())).optional(),
    stages: z.record(z.string(), z.record(z.string(), z.json())).optional(),
    run: z.record(z.string(), z.json()).optional(),
  }),
  instances: z.record(z.string(), instanceSchema),
  /** The user's files, by the video that is read from them, or the stage that has weights of the user's own. */
  clips: z.record(
    z.string(),
    z.object({ setting: z.enum(["file", "files", "weights"]), sha256: z.string() }),
  ),
  /** sha256 of the weights, by model. */
  weights: z.record(z.string(), z.string()),
});

/** What was, or is to be, made. */
export type Specification = z.infer<typeof specificationSchema>;

/** One instance of it. */
export type SpecifiedInstance = z.infer<typeof instanceSchema>;

/** The specification in a file, or what is wrong with it; undefined when there is no such file. */
export async function findSpecification(path: string): Promise<CheckedContent<Specification> | undefined> {
  return await readChecked(path, specificationSchema, { unsealed: "accepted" });
}

/**
 * The specification that is to stand in the place of an earlier one; undefined when that is it. What an earlier run of another part
 * of the same workflow has found out stays: a job that makes one instance of a sweep does not know the others' keys.
 */
export async function changedSpecification(
  path: string,
  specification: Specification,
): Promise<Specification | undefined> {
  const { content: earlier } = await findSpecification(path) ?? {};
  const whole = earlier === undefined ? specification : withEarlier(specification, earlier);
  return isSame(whole, earlier) ? undefined : whole;
}

/** Throws RunError when it cannot be written. */
export async function writeSpecification(path: string, specification: Specification): Promise<void> {
  await writeChecked(path, specification);
}

function withEarlier(specification: Specification, earlier: Specification): Specification {
  const isOfSame = isSame(specification.workflow, earlier.workflow) &&
    isSame(specification.clips, earlier.clips);
  if (!isOfSame) return specification;
  const instances = Object.entries(specification.instances).map(([name, instance]) =>
    [name, instance.key === undefined ? earlier.instances[name] ?? instance : instance] as const
  );
  return {
    ...specification,
    instances: Object.fromEntries(instances),
    weights: { ...earlier.weights, ...specification.weights },
  };
}

/** Both are JSON that was laid out by the same hand. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
