/**
 * `matrix:` one instance of a stage for each combination of its variables' values.
 * @module
 */
import type { Collector } from "./collector.ts";
import type { Entry, LocatedNode, MapNode, ScalarNode } from "./located.ts";
import { plainValue } from "./located.ts";
import { namePattern } from "./name_pattern.ts";

/** More instances than this are a mistake. */
const mostInstances = 10_000;

/** One value of a variable: its name in the instance, and what `$x` stands for. */
export interface MatrixValue {
  readonly label: string;
  readonly node: LocatedNode;
}

/** A variable of a stage's matrix. */
export interface Variable {
  readonly name: string;
  readonly values: readonly MatrixValue[];
}

/** One value of each variable. */
export type Combination = ReadonlyMap<string, MatrixValue>;

/** Clip tables by name: the names of their videos. */
export type ClipGroups = ReadonlyMap<string, readonly ScalarNode[]>;

/** Reads a stage's matrix. Undefined when it has problems. */
export function readMatrix(
  node: LocatedNode,
  groups: ClipGroups,
  collector: Collector,
): readonly Variable[] | undefined {
  if (node.kind !== "map") {
    collector.report(node.origin, { code: "not_a_map", found: plainValue(node) }, "matrix");
    return undefined;
  }
  const variables: Variable[] = [];
  let good = true;
  for (const [name, entry] of node.entries) {
    const values = checkName(name, entry, collector) ? readValues(name, entry, groups, collector) : undefined;
    if (values === undefined) good = false;
    else variables.push({ name, values });
  }
  const instances = variables.reduce((product, { values }) => product * values.length, 1);
  if (good && instances > mostInstances) {
    collector.report(node.origin, { code: "matrix_too_large", instances, most: mostInstances });
    return undefined;
  }
  return good ? variables : undefined;
}

function checkName(name: string, { key }: Entry, collector: Collector): boolean {
  if (namePattern.test(name)) return true;
  collector.report(key, { code: "bad_name", name });
  return false;
}

function readValues(
  variable: string,
  { key, value: node }: Entry,
  groups: ClipGroups,
  collector: Collector,
): readonly MatrixValue[] | undefined {
  const values = node.kind === "map"
    ? namedValues(node, collector)
    : listedValues(variable, node, groups, collector);
  if (values === undefined) return undefined;
  if (values.length === 0) {
    collector.report(key, { code: "matrix_empty", variable });
    return undefined;
  }
  const labels = values.map(({ label }) => label);
  const repeated = values.find(({ label }, index) => labels.indexOf(label) !== index);
  if (repeated === undefined) return values;
  collector.report(repeated.node.origin, { code: "matrix_repeated", variable, value: repeated.label });
  return undefined;
}

/** `{ shallow: [conv1_1], full: all }` */
function namedValues(node: MapNode, collector: Collector): readonly MatrixValue[] | undefined {
  const values: MatrixValue[] = [];
  for (const [label, { key, value }] of node.entries) {
    if (!isLabel(label)) {
      collector.report(key, { code: "bad_name", name: label });
      return undefined;
    }
    values.push({ label, node: value });
  }
  return values;
}

/** `[1, 2, 3]`, or the name of a clip table, which stands for its videos. */
function listedValues(
  variable: string,
  node: Exclude<LocatedNode, MapNode>,
  groups: ClipGroups,
  collector: Collector,
): readonly MatrixValue[] | undefined {
  if (node.kind === "scalar") {
    const group = typeof node.value === "string" ? groups.get(node.value) : undefined;
    // A table without videos has problems of its own.
    if (group?.length === 0) return undefined;
    if (group !== undefined) return group.map((name) => ({ label: String(name.value), node: name }));
    if (typeof node.value === "string") {
      collector.report(node.origin, { code: "unknown_group", name: node.value, known: [...groups.keys()] });
    } else {
      const problem = { code: "wrong_type", expected: "matrix_values", found: node.value } as const;
      collector.report(node.origin, problem, `matrix.${variable}`);
    }
    return undefined;
  }
  const values: MatrixValue[] = [];
  for (const item of node.items) {
    const label = item.kind === "scalar" && item.value !== null ? String(item.value) : "";
    if (!isLabel(label)) {
      collector.report(item.origin, { code: "matrix_value", variable, found: plainValue(item) });
      return undefined;
    }
    values.push({ label, node: item });
  }
  return values;
}

/** Labels become folder names: letters, digits, and a few signs that every file system takes. */
function isLabel(label: string): boolean {
  return /^[A-Za-z0-9_+-][A-Za-z0-9_.+-]{0,63}$/.test(label);
}

/** Every combination, the last variable changing fastest. */
export function combinations(variables: readonly Variable[]): readonly Combination[] {
  return variables.reduce<readonly Combination[]>(
    (made, { name, values }) =>
      made.flatMap((combination) => values.map((value) => new Map([...combination, [name, value]]))),
    [new Map()],
  );
}

/** The labels of a combination, in the matrix' order. */
export function factorsOf(combination: Combination): Readonly<Record<string, string>> {
  return Object.fromEntries(combination.entries().map(([name, { label }]) => [name, label]));
}

/** `metamer[clip=street,seed=2]`; without variables the stage's name. */
export function instanceName(stage: string, factors: Readonly<Record<string, string>>): string {
  const parts = Object.entries(factors).map(([name, label]) => `${name}=${label}`);
  return parts.length === 0 ? stage : `${stage}[${parts.join(",")}]`;
}

/** True when the variables that both have hold the same values. */
export function agree(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.entries(a).every(([name, label]) => b[name] === undefined || b[name] === label);
}

/** Puts the values of a combination in the place of `$x`. */
export function substitute(node: LocatedNode, combination: Combination, collector: Collector): LocatedNode {
  return mapScalars(
    node,
    (scalar) =>
      typeof scalar.value === "string"
        ? substituteText(scalar, scalar.value, combination, collector)
        : scalar,
  );
}

function substituteText(
  node: ScalarNode,
  text: string,
  combination: Combination,
  collector: Collector,
): LocatedNode {
  if (!text.includes("$")) return node;
  const names = [...text.matchAll(/\$([A-Za-z][A-Za-z0-9_-]*)/g)].map(([, name = ""]) => name);
  const [first] = names;
  if (first === undefined) return node;
  const value = combination.get(first);
  if (text === `$${first}`) {
    if (value !== undefined) return value.node;
    collector.report(node.origin, {
      code: "unknown_variable",
      variable: first,
      known: [...combination.keys()],
    });
    return { ...node, reported: true };
  }
  const known = names.find((name) => combination.has(name));
  if (known === undefined && !text.startsWith("$")) return node;
  collector.report(node.origin, { code: "variable_in_text", text, variable: known ?? first });
  return { ...node, reported: true };
}

/** Reports `$x` where there is no matrix at all: among videos and models. */
export function forbidVariables(node: LocatedNode, collector: Collector): LocatedNode {
  return mapScalars(node, (scalar) => {
    if (typeof scalar.value !== "string" || !/^\$[A-Za-z][A-Za-z0-9_-]*$/.test(scalar.value)) return scalar;
    collector.report(scalar.origin, { code: "variable_outside_matrix", text: scalar.value });
    return { ...scalar, reported: true };
  });
}

function mapScalars(node: LocatedNode, change: (scalar: ScalarNode) => LocatedNode): LocatedNode {
  switch (node.kind) {
    case "list":
      return { ...node, items: node.items.map((item) => mapScalars(item, change)) };
    case "map": {
      const entries = node.entries.entries().map(([key, entry]): [string, Entry] => [
        key,
        { key: entry.key, value: mapScalars(entry.value, change) },
      ]);
      return { ...node, entries: new Map(entries) };
    }
    case "scalar":
      return change(node);
  }
}
