/**
 * What the frames of a stage are to match, as data: an analysis measures by it how near they came, and knows nothing of
 * the kind of stage that made them.
 * @module
 */

/** One video of a term. */
export interface GoalTarget {
  /** Role of the video among the stage's inputs. */
  readonly role: string;
  /** Relative to the other shares of the term; a number, or keyframes. */
  readonly share: number | Readonly<Record<number, number>>;
  /** What the video does after its last frame. */
  readonly length: "strict" | "loop" | "pingpong" | "hold";
}

/** Something that is compared. */
export interface GoalTerm {
  readonly term: "spatial_content" | "spatial_texture" | "temporal_content" | "temporal_texture";
  /** Role of the model through which it is seen. */
  readonly model: string;
  /** The model's layers that are compared, by name with their weights. */
  readonly layers: Readonly<Record<string, number>>;
  readonly targets: readonly GoalTarget[];
}

/** All that the frames of a stage are to match. */
export interface Goal {
  readonly terms: readonly GoalTerm[];
  readonly normalization: "reference" | "paper";
}

/** The goal as a stage that refers to it knows it: roles of targets and models begin with the role of the reference. */
export function goalAt(role: string, goal: Goal): Goal {
  const terms = goal.terms.map((term) => ({
    ...term,
    model: derivedRole(role, term.model),
    targets: term.targets.map((target) => ({ ...target, role: derivedRole(role, target.role) })),
  }));
  return { ...goal, terms };
}

/** Under which role a stage knows what another stage refers to, which it refers to itself. */
export function derivedRole(role: string, of: string): string {
  return `${role}.${of}`;
}

/** The roles of the videos and the models that a goal names. */
export function rolesOf({ terms }: Goal): ReadonlySet<string> {
  return new Set(terms.flatMap(({ model, targets }) => [model, ...targets.map(({ role }) => role)]));
}
