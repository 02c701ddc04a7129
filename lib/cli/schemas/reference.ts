/**
 * `docs/reference.md`: every key of the language, from the descriptions in the schemas.
 * @module
 */
import type { BoundKind } from "../../plan/bound_kind.ts";
import { namedModels } from "../../models/catalog.ts";
import { modelJsonSchema } from "../../models/model_file/model_json.ts";
import { topLevelSchema } from "../../workflow/top_level.ts";
import { modelsReference } from "./models_reference.ts";
import { resultsReference } from "./results_reference.ts";
import { inputSchema, type Schema, videoInputSchema } from "./workflow_schema.ts";

/** The text of the reference. */
export function referenceText(kinds: readonly BoundKind[], videoKind: BoundKind): string {
  const top = inputSchema(topLevelSchema);
  const sections = [
    section("Top level", "", withoutNested(top, ["run", "models"])),
    section("`run`", descriptionOf(top, "run"), propertyOf(top, "run")),
    section("`models.<name>`", "A model that is not built in.", entriesOf(propertyOf(top, "models"))),
    section("`videos.<name>`", videoKind.summary, videoInputSchema(videoKind)),
    ...kinds.map((kind) => section(`\`kind: ${kind.name}\``, kind.summary, inputSchema(kind.schema))),
    modelsReference(namedModels.values()),
    section(
      "Model JSON",
      "Beside the `.onnx` of a model of your own stands a JSON of the same name, with these keys.",
      inputSchema(modelJsonSchema),
    ),
    resultsReference(),
  ];
  return `${opening}\n\n${sections.join("\n\n")}\n`;
}

const opening = [
  "# Reference of the workflow language, version 1",
  "",
  "Written from the schemas by `deno task schema`. How the language works is told in " +
  "[design/language.md](design/language.md); what that page marks *later* is not in this version: kinds of stages are those " +
  "below, and no others.",
  "",
  "A number that may change over the clip is also written as keyframes, a map from output frame to number:",
  "linear between, constant outside. Every stage also takes `kind` and `matrix`; `$x` may stand for any whole value.",
].join("\n");

function section(title: string, text: string, schema: Schema): string {
  const rows = keyRows(schema, "").map(({ key, values, standard, meaning }) =>
    `| \`${key}\` | ${values} | ${standard} | ${meaning} |`
  );
  const table = ["| key | values | default | meaning |", "|---|---|---|---|", ...rows].join("\n");
  return [`## ${title}`, ...(text === "" ? [] : [text]), table].join("\n\n");
}

interface Row {
  readonly key: string;
  readonly values: string;
  readonly standard: string;
  readonly meaning: string;
}

/** One row per key; keys of a map inside a value are written with its name before them. */
function keyRows(schema: Schema, before: string): readonly Row[] {
  const told = new Map<string, string>();
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (typeof property !== "object") return [];
    const key = `${before}${name}`;
    const row: Row = {
      key,
      values: cell(valueWords(property)),
      standard: property.default === undefined
        ? (schema.required?.includes(name) ? "required" : "")
        : standardOf(property),
      meaning: cell(property.description ?? ""),
    };
    const maps = innerMaps(property);
    const same = JSON.stringify(maps);
    const first = told.get(same);
    if (maps.length > 0 && first !== undefined) {
      return [{ ...row, meaning: `${row.meaning} Its keys are those of \`${first}\`.` }];
    }
    told.set(same, key);
    return [row, ...maps.flatMap(({ map, mark }) => keyRows(map, `${key}${mark}.`))];
  });
}

/** The maps with keys of their own that may stand for a value, or in the list that does. */
function innerMaps(schema: Schema): readonly { readonly map: Schema; readonly mark: string }[] {
  return options(schema).flatMap((option) => {
    if (option.properties !== undefined) return [{ map: option, mark: "" }];
    const { items } = option;
    if (typeof items !== "object" || Array.isArray(items)) return [];
    return innerMaps(items).map(({ map, mark }) => ({ map, mark: `[]${mark}` }));
  });
}

function options(schema: Schema): readonly Schema[] {
  return schema.anyOf?.flatMap(options) ?? [schema];
}

function valueWords(schema: Schema): string {
  return [...new Set(options(schema).map(optionWords))].join(", ");
}

function optionWords(schema: Schema): string {
  const { enum: words, const: constant, type, items } = schema;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(", ");
  if (constant !== undefined) return `\`${constant}\``;
  switch (type) {
    case "number":
    case "integer":
      return `${type === "integer" ? "whole number" : "number"}${rangeWords(schema)}`;
    case "string":
      return "text";
    case "boolean":
      return "`true`, `false`";
    case "array":
      return typeof items === "object" && !Array.isArray(items) ? "list" : "list of values";
    case "object":
      return isKeyframes(schema) ? "keyframes" : "map";
    default:
      return String(type);
  }
}

function isKeyframes({ propertyNames }: Schema): boolean {
  return typeof propertyNames === "object" && propertyNames.pattern?.includes("[0-9]") === true &&
    !propertyNames.pattern.includes("A-Z");
}

function rangeWords({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const isBound = (bound: unknown): bound is number =>
    typeof bound === "number" && Math.abs(bound) < 2 ** 53 - 1;
  const parts = [
    ...(isBound(exclusiveMinimum) ? [`> ${exclusiveMinimum}`] : isBound(minimum) ? [`>= ${minimum}`] : []),
    ...(isBound(exclusiveMaximum) ? [`< ${exclusiveMaximum}`] : isBound(maximum) ? [`<= ${maximum}`] : []),
  ];
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}

function standardOf({ default: value }: Schema): string {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return isEmpty ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function propertyOf(schema: Schema, name: string): Schema {
  const property = schema.properties?.[name];
  if (typeof property !== "object") throw new Error(`the schema has no ${name}`);
  return property;
}

function descriptionOf(schema: Schema, name: string): string {
  return propertyOf(schema, name).description ?? "";
}

function entriesOf({ additionalProperties }: Schema): Schema {
  if (typeof additionalProperties !== "object") throw new Error("a section without entries");
  return additionalProperties;
}

/** Sections have tables of their own. */
function withoutNested(schema: Schema, names: readonly string[]): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    if (!names.includes(name) || typeof property !== "object") return [name, property];
    return [name, { type: "object", description: property.description ?? "" }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}
