/**
 * What the doctor finds: each thing that Metamer needs, whether it works, and the line that mends it.
 * @module
 */

/** One line of the report. */
export interface Diagnosis {
  /** What was looked at: "ffmpeg". */
  readonly what: string;
  /** missing: Metamer needs it. warning: something will be slower, or cannot be done. */
  readonly state: "ok" | "warning" | "missing";
  /** What was found, in words. */
  readonly found: string;
  /** A command, or what else to do; left out where all is well. */
  readonly fix?: string;
}

/** Something to look at. Whatever it throws becomes a diagnosis. */
export interface Examination {
  readonly what: string;
  /** A command that may help when looking itself fails. */
  readonly fix: string;
  readonly look: () => Promise<Omit<Diagnosis, "what">>;
}

/** Looks at one thing after the other. Never throws: what cannot be looked at is missing, with the reason in one line. */
export async function examine(examinations: readonly Examination[]): Promise<readonly Diagnosis[]> {
  const diagnoses: Diagnosis[] = [];
  for (const { what, fix, look } of examinations) {
    try {
      diagnoses.push({ what, ...await look() });
    } catch (error) {
      diagnoses.push({ what, state: "missing", found: firstLine(error), fix });
    }
  }
  return diagnoses;
}

/** True when all that is needed works. */
export function isHealthy(diagnoses: readonly Diagnosis[]): boolean {
  return diagnoses.every(({ state }) => state !== "missing");
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] ?? "";
}
