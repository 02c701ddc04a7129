/**
 * Frames of which a good part is flat, seen by a model that pools maxima. Convolutions term by term give equal bits where
 * neighborhoods are equal, and the first of the tied maxima gets the gradient; Winograd's algorithm rounds them apart, and any
 * of them may get it.
 * @module
 */
import { flatShare } from "../frames/flat_share.ts";
import type { Frame } from "../frames/frame.ts";
import type { ObjectiveRecipe, TermRecipe } from "./recipe.ts";
import type { TargetTerm } from "./settings.ts";
import type { TransitionTargets } from "./targets.ts";

/** A frame with flat regions: a term's target, or where the moving frame starts. */
export interface FlatRegions {
  /** Whose frame it is. */
  readonly of: TargetTerm | "start";
  /** Share of its pixels, 0 to 1. */
  readonly share: number;
}

/** Compressed natural clips have up to half of it, drawn ones several times as much. */
const noticeableShare = 0.1;

/** The first such frame of a transition; undefined where there is none, or no term whose model minds. */
export function findFlatRegions(
  recipe: ObjectiveRecipe,
  { start, targets }: { readonly start: Frame; readonly targets: TransitionTargets },
): FlatRegions | undefined {
  const pooled = recipe.terms.filter(seesPooledConvolutions);
  if (pooled.length === 0) return undefined;
  const frames = pooled.flatMap(({ term: of }) =>
    (targets[of] ?? []).map(({ current }) => ({ of, current }))
  );
  for (const { of, current } of [...frames, { of: "start" as const, current: start }]) {
    const share = flatShare(current);
    if (share >= noticeableShare) return { of, share };
  }
  return undefined;
}

function seesPooledConvolutions({ model: { declaration }, layers }: TermRecipe): boolean {
  const { layers: all, firstPooledLayer } = declaration;
  if (firstPooledLayer === undefined) return false;
  return Object.keys(layers).some((layer) => all.indexOf(layer) >= all.indexOf(firstPooledLayer));
}
