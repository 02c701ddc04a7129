/**
 * Phase 2: from YAML text to values that know their places.
 * @module
 */
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLError } from "yaml";
import type { Collector } from "./collector.ts";
import type { Entry, LocatedNode, MapNode, Origin } from "./located.ts";
import type { ProblemFact } from "./problems.ts";
import type { SourceText } from "./source.ts";
import { unseenIn } from "./wording.ts";

/** How many values the aliases of a file may repeat; more is a mistake or an attack. */
const mostRepeated = 10_000;

/** How many maps and lists may stand inside each other; the language needs about ten. */
const deepest = 64;

/** More brackets than this open inside each other are no workflow; the YAML library takes long to say so. */
const mostBrackets = 500;

/** Reads a workflow file. Undefined when it has problems that leave nothing to go on with. */
export function parseWorkflowText(source: SourceText, collector: Collector): MapNode | undefined {
  const conflict = source.text.match(/^(?:<{7}|={7}|>{7})(?= |\r?$)/m);
  if (conflict !== null) {
    const start = conflict.index ?? 0;
    collector.report({ source, start, end: start + 7 }, { code: "merge_conflict" });
    return undefined;
  }
  const node = parseYaml(source.text, (start, end) => ({ source, start, end }), collector);
  if (node === undefined) return undefined;
  if (node.kind === "scalar" && node.value === null) {
    collector.report({ source, start: 0, end: 0 }, { code: "empty_file" });
    return undefined;
  }
  if (node.kind !== "map") {
    const found = node.kind === "list" ? [] : node.value;
    collector.report(node.origin, { code: "not_a_map", found }, "a workflow");
    return undefined;
  }
  return node;
}

/** Reads YAML; undefined after a problem of syntax. `place` turns offsets into an origin. */
export function parseYaml(
  text: string,
  place: (start: number, end: number) => Origin,
  collector: Collector,
): LocatedNode | undefined {
  const directive = text.match(/^%(?:YAML|TAG)\b.*/m);
  if (directive !== null) {
    const start = directive.index ?? 0;
    collector.report(place(start, start + directive[0].length), { code: "yaml_directive" });
    return undefined;
  }
  const tooDeep = nestingBeyond(text, mostBrackets);
  if (tooDeep !== undefined) {
    collector.report(place(tooDeep, tooDeep + 1), { code: "nested_too_deeply" });
    return undefined;
  }
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) {
    const end = text.trimEnd().length;
    const [start, stop] = wrong.pos;
    const odd = oddCharacter(text, start);
    if (odd !== undefined) {
      collector.report(place(odd.start, odd.start + odd.fact.character.length), odd.fact);
    } else collector.report(place(Math.min(start, end), Math.min(stop, end)), syntaxProblem(wrong, text));
    return undefined;
  }
  if (document.contents === null) return { kind: "scalar", origin: place(0, 0), value: null };

  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let repeated = 0;
  let depth = 0;
  let failed = false;

  function report(node: Node, fact: ProblemFact): LocatedNode {
    const [start, end] = node.range ?? [0, 0];
    collector.report(place(start, end), fact);
    failed = true;
    return { kind: "scalar", origin: place(start, end), value: null };
  }

  function convert(node: Node, insideAlias: boolean): LocatedNode {
    const [start, end] = node.range ?? [0, 0];
    const origin = place(start, end);
    if (isAlias(node)) return followAlias(node);
    if (insideAlias && ++repeated > mostRepeated) {
      return failed ? { kind: "scalar", origin, value: null } : report(node, { code: "too_many_aliases" });
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return { kind: "scalar", origin, value: scalarValue(node.value) };
    if (depth === deepest) return report(node, { code: "nested_too_deeply" });
    depth++;
    open.add(node);
    const converted: LocatedNode = isSeq(node)
      ? { kind: "list", origin, items: node.items.map((item) => convertUnknown(item, origin, insideAlias)) }
      : { kind: "map", origin, entries: convertEntries(node, origin, insideAlias) };
    open.delete(node);
    depth--;
    return converted;
  }

  function followAlias(alias: Node & { readonly source: string }): LocatedNode {
    const target = anchors.get(alias.source);
    if (target === undefined) return report(alias, { code: "unknown_alias", alias: alias.source });
    if (open.has(target)) return report(alias, { code: "cyclic_alias", alias: alias.source });
    return convert(target, true);
  }

  function convertUnknown(value: unknown, origin: Origin, insideAlias: boolean): LocatedNode {
    if (isMap(value) || isSeq(value) || isScalar(value) || isAlias(value)) return convert(value, insideAlias);
    return { kind: "scalar", origin, value: null };
  }

  function convertEntries(map: Node, origin: Origin, insideAlias: boolean): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    if (!isMap(map)) return entries;
    for (const { key, value } of map.items) {
      // `null` is a name like any other here, as it is for `match`; an empty key is none.
      if (!isScalar(key) || (key.value === null && key.source !== "null")) {
        report(isMap(key) || isSeq(key) || isAlias(key) || isScalar(key) ? key : map, {
          code: "key_not_a_name",
        });
        continue;
      }
      const [start, end] = key.range ?? [0, 0];
      const name = typeof key.value === "string" ? key.value : key.source ?? String(key.value);
      // Plain objects, which hold the values later, have no such key.
      if (name === "__proto__") report(key, { code: "bad_name", name });
      if (entries.has(name)) report(key, { code: "duplicate_key", key: name });
      entries.set(name, { key: place(start, end), value: convertUnknown(value, origin, insideAlias) });
    }
    return entries;
  }

  const node = convert(document.contents, false);
  return failed ? undefined : node;
}

function scalarValue(value: unknown): string | number | boolean | null {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return value;
    default:
      return value === null || value === undefined ? null : String(value);
  }
}

/** Where more brackets are open than a workflow has; those in texts and comments count, too. */
function nestingBeyond(text: string, most: number): number | undefined {
  let open = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    open = bracket === "[" || bracket === "{" ? open + 1 : Math.max(0, open - 1);
    if (open > most) return index;
  }
  return undefined;
}

/** A character in the line of a syntax error that looks like nothing or like a space, and explains it. */
function oddCharacter(text: string, offset: number) {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const [line = ""] = text.slice(lineStart).split("\n", 1);
  const odd = unseenIn(line);
  if (odd === undefined) return undefined;
  return { start: lineStart + odd.index, fact: { code: "odd_character", character: odd.character } as const };
}

/** A syntax error of the YAML library, most often the first of several that follow from it. */
function syntaxProblem({ code, message, pos: [start, end] }: YAMLError, text: string): ProblemFact {
  switch (code) {
    case "TAB_AS_INDENT":
      return { code: "tab_indent" };
    case "MULTIPLE_DOCS":
      return { code: "several_documents" };
    case "TAG_RESOLVE_FAILED":
      return { code: "yaml_tag", tag: text.slice(start, end).trim() };
    case "RESOURCE_EXHAUSTION":
      return { code: "nested_too_deeply" };
    case "BLOCK_AS_IMPLICIT_KEY":
      return { code: "second_colon" };
    case "BAD_INDENT":
    case "MISSING_CHAR": {
      const missing = message.match(/(?:end with a |Missing closing )(\S+)/)?.[1];
      if (/Implicit map keys need to be followed by map values/.test(message)) return { code: "no_colon" };
      return missing === undefined
        ? { code: "yaml_syntax", detail: message }
        : { code: "not_closed", missing: missing.replace(/^["']quote$/, (word) => word.charAt(0)) };
    }
    case "BAD_DQ_ESCAPE":
      return { code: "yaml_escape", escape: text.slice(start, start + 2) };
    case "KEY_OVER_1024_CHARS":
      return { code: "key_too_long" };
    default:
      return { code: "yaml_syntax", detail: message };
  }
}
