/**
 * Kinds of different settings in one table: a bound kind hides the type of its settings behind functions that know it.
 * @module
 */
import type { z } from "zod";
import type {
  ArtifactFacts,
  DigestFile,
  Facts,
  Goal,
  Inspected,
  Json,
  PreviewScale,
  Recall,
  ReportProblem,
  StageContext,
  StageKind,
  Work,
} from "./stage_kind.ts";
import type { Precision } from "../engines/engine.ts";
import type { Methods } from "../store/citation.ts";
import type { LanguageKind, ReadStage } from "../workflow/stage_schema.ts";

/** A stage whose settings are complete and known to its kind. */
export interface BoundStage extends ReadStage {
  /** The kind's name and format. */
  readonly kind: string;
  readonly format: number;
  inspect(
    folder: string,
    report: ReportProblem,
    digest: DigestFile,
    recall: Recall,
  ): Promise<Inspected | undefined>;
  /** The same stage for a quick look. */
  preview(facts: Facts, scale: PreviewScale): PreviewStage;
  check(facts: Facts, report: ReportProblem): void;
  /** What is allowed and is hardly meant, in sentences. */
  notes(facts: Facts): readonly string[];
  makes(facts: Facts): ArtifactFacts;
  reads(facts: Facts): Readonly<Record<string, number>>;
  keyed(facts: Facts): Json;
  work(facts: Facts): readonly Work[];
  readonly precision: Precision;
  /** Undefined for a kind without targets. */
  goal(facts: Facts): Goal | undefined;
  deviations(facts: Facts): readonly string[];
  /** Undefined for a kind that says nothing of it. */
  methods(facts: Facts): Methods | undefined;
  /** The same stage, with what follows from facts in `written`. */
  spelledOut(facts: Facts): BoundStage;
}

/** A stage made smaller, what is known of it then, and what a user has to know. */
export interface PreviewStage {
  readonly read: BoundStage;
  readonly facts: Facts;
  readonly notes: readonly string[];
}

/** A kind without the type of its settings. */
export interface BoundKind extends LanguageKind<BoundStage> {
  readonly summary: string;
  readonly format: number;
  readonly schema: z.ZodType;
  /** Loads the work. It takes settings as `written`; throws an Error when they are not this kind's. */
  load(): Promise<(written: unknown, context: StageContext) => Promise<void>>;
}

/** Makes an entry of the table of kinds. */
export function bindKind<Settings>(kind: StageKind<Settings>): BoundKind {
  return {
    name: kind.name,
    summary: kind.summary,
    format: kind.format,
    artifact: kind.artifact,
    files: kind.files ?? [],
    models: kind.models ?? [],
    takesFrames: kind.takesFrames ?? false,
    hasTargets: kind.goal !== undefined,
    schema: kind.schema,
    configure(value) {
      const parsed = kind.schema.safeParse(value);
      return parsed.success ? { stage: bindStage(kind, parsed.data) } : { issues: parsed.error.issues };
    },
    async load() {
      const run = await kind.load();
      return (written, context) => run(kind.schema.parse(written), context);
    },
  };
}

function bindStage<Settings>(kind: StageKind<Settings>, settings: Settings): BoundStage {
  const stage: BoundStage = {
    kind: kind.name,
    format: kind.format,
    written: kind.write(settings),
    references: kind.references(settings),
    inspect: async (folder, report, digest, recall) =>
      await kind.inspect?.(settings, folder, report, digest, recall),
    preview(facts, scale) {
      const preview = kind.preview?.(settings, facts, scale);
      if (preview === undefined) return { read: stage, facts, notes: [] };
      const { settings: smaller, inspected, notes } = preview;
      const known = inspected === undefined ? facts : { ...facts, inspected };
      return { read: bindStage(kind, smaller), facts: known, notes };
    },
    check: (facts, report) => kind.check(settings, facts, report),
    notes: (facts) => kind.notes?.(settings, facts) ?? [],
    makes: (facts) => kind.makes(settings, facts),
    reads: (facts) => kind.reads?.(settings, facts) ?? {},
    keyed: (facts) => kind.keyed(settings, facts),
    work: (facts) => kind.work(settings, facts),
    precision: kind.precision?.(settings) ?? "float32",
    goal: (facts) => kind.goal?.(settings, facts),
    deviations: (facts) => kind.deviations(settings, facts),
    methods: (facts) => kind.methods?.(settings, facts),
    spelledOut: (facts) => ({ ...stage, written: kind.write(settings, facts) }),
  };
  return stage;
}
