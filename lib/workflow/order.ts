/**
 * The order in which instances can be made.
 * @module
 */

/** Something that needs others of its kind to be made first. */
export interface Dependent {
  readonly name: string;
  readonly needs: readonly string[];
}

/** Each after all that it needs, else in the given order; or the names of a circle. Needs that are not in the list don't count. */
export function inDependencyOrder<Item extends Dependent>(
  items: readonly Item[],
): { readonly ordered: readonly Item[] } | { readonly cycle: readonly string[] } {
  const byName = new Map(items.map((item) => [item.name, item]));
  const ordered: Item[] = [];
  const done = new Set<string>();

  const visit = (item: Item, path: readonly string[]): readonly string[] | undefined => {
    if (done.has(item.name)) return undefined;
    if (path.includes(item.name)) return [...path.slice(path.indexOf(item.name)), item.name];
    for (const name of item.needs) {
      const needed = byName.get(name);
      const cycle = needed && visit(needed, [...path, item.name]);
      if (cycle !== undefined) return cycle;
    }
    done.add(item.name);
    ordered.push(item);
    return undefined;
  };

  for (const item of items) {
    const cycle = visit(item, []);
    if (cycle !== undefined) return { cycle };
  }
  return { ordered };
}
