/**
 * Looks at the files of all videos before anything is checked: several at a time, and each file once.
 * @module
 */
import type { Instance } from "../workflow/load.ts";
import type { ProblemFact } from "../workflow/problems.ts";
import type { BoundStage } from "./bound_kind.ts";
import type { DigestFile, Inspected, Recall, SettingPath } from "./stage_kind.ts";

/** What was found for one instance. */
export interface Look {
  /** Undefined when there is nothing to look at, or when what was found has problems. */
  readonly inspected: Inspected | undefined;
  readonly problems: readonly { readonly path: SettingPath; readonly problem: ProblemFact }[];
}

/** More would wait for the disk, or for a processor. */
const mostAtATime = 4;

/** What was found, by instance name. Rejects with a MissingError when a file must be read and there is no ffprobe. */
export async function inspectFiles(
  instances: readonly Instance<BoundStage>[],
  folder: string,
  surroundings: { readonly digest: DigestFile; readonly recall: Recall },
): Promise<ReadonlyMap<string, Look>> {
  const digest = onceEach(surroundings.digest);
  const looks = new Map<string, Look>();
  const waiting = instances.values();
  async function lookAtOneAfterTheOther(): Promise<void> {
    for (const { name, read } of waiting) {
      const problems: { path: SettingPath; problem: ProblemFact }[] = [];
      const report = (path: SettingPath, problem: ProblemFact) => void problems.push({ path, problem });
      const inspected = await read.inspect(folder, report, digest, surroundings.recall);
      looks.set(name, { inspected, problems });
    }
  }
  await Promise.all(Array.from({ length: mostAtATime }, lookAtOneAfterTheOther));
  return looks;
}

/** A file that has just changed is not remembered; many rows of a clip table may name it all the same. */
function onceEach(digest: DigestFile): DigestFile {
  const asked = new Map<string, Promise<string>>();
  return (path) => {
    const answer = asked.get(path) ?? digest(path);
    asked.set(path, answer);
    return answer;
  };
}
