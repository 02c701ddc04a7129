/**
 * The JSON Schema of workflow files, for editors, from the schemas that read them. It is a little wider than the language:
 * a file may extend another, so nothing is required of it and `null` may remove.
 * @module
 */
import { z } from "zod";
import type { BoundKind } from "../../plan/bound_kind.ts";
import { namePattern } from "../../workflow/name_pattern.ts";
import { topLevelSchema } from "../../workflow/top_level.ts";

/** A JSON Schema. */
export type Schema = z.core.JSONSchema.JSONSchema;

/** The schema of what stands in YAML, with defaults and descriptions. */
export function inputSchema(schema: z.ZodType): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest;
}

/** The schema of an entry of `videos`, or of one that makes many. */
export function videoInputSchema(videoKind: BoundKind): Schema {
  const schema = inputSchema(videoKind.schema);
  const from: Schema = {
    type: "string",
    description:
      "A clip table (CSV with the columns name, file, start, frames, group, license, source): one video per row.",
  };
  return { ...schema, properties: { ...schema.properties, from } };
}

/** The schema of `schemas/workflow.schema.json`. */
export function workflowSchema(kinds: readonly BoundKind[], videoKind: BoundKind): Schema {
  const top = inputSchema(topLevelSchema);
  const { properties = {} } = top;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A Metamer workflow, version 1",
    ...top,
    required: [],
    properties: {
      ...properties,
      videos: named(properties["videos"], removable(overlay(videoInputSchema(videoKind)))),
      stages: named(properties["stages"], removable(stageSchema(kinds))),
    },
    $defs: {
      variable: {
        type: "string",
        pattern: "^\\$[A-Za-z][A-Za-z0-9_-]*$",
        description: "A variable of this stage's matrix.",
      },
      ...Object.fromEntries(kinds.map((kind) => [kind.name, kindSchema(kind)])),
    },
  };
}

/** A section: a map from names to entries. */
function named(section: boolean | Schema | undefined, entry: Schema): Schema {
  const description = typeof section === "object" && section.description !== undefined
    ? section.description
    : "";
  return {
    description,
    type: "object",
    propertyNames: { pattern: namePattern.source },
    additionalProperties: entry,
  };
}

/** The kind decides which keys there are; a layer that leaves it out may have those of any. */
function stageSchema(kinds: readonly BoundKind[]): Schema {
  return { anyOf: kinds.map(({ name }) => ({ $ref: `#/$defs/${name}` })) };
}

function kindSchema(kind: BoundKind): Schema {
  const schema = withVariables(overlay(inputSchema(kind.schema)));
  const values: Schema = {
    anyOf: [{ type: "string" }, { type: "array" }, { type: "object" }],
    description: "A list of values, a map of named values, or a clip table's name.",
  };
  return {
    description: kind.summary,
    ...schema,
    properties: {
      kind: { const: kind.name, description: "What the stage does." },
      matrix: {
        description:
          "One instance of the stage for each combination of values. `$x` stands for the value of `x`.",
        type: "object",
        propertyNames: { pattern: namePattern.source },
        additionalProperties: values,
      },
      ...schema.properties,
    },
  };
}

/** What a layer may say: nothing is required, and null removes. Lists are replaced whole, so what they hold is complete. */
function overlay(schema: Schema): Schema {
  const { required: _, ...rest } = schema;
  const { anyOf, properties } = rest;
  return {
    ...rest,
    ...(anyOf && { anyOf: anyOf.map(overlay) }),
    ...(properties && { properties: mapSchemas(properties, (property) => removable(overlay(property))) }),
  };
}

function removable(schema: Schema): Schema {
  const { description, default: value, ...rest } = schema;
  const options = rest.anyOf !== undefined && Object.keys(rest).length === 1 ? rest.anyOf : [rest];
  return {
    ...(description !== undefined && { description }),
    ...(value !== undefined && { default: value }),
    anyOf: [...options, { type: "null" }],
  };
}

/** `$x` may stand for any value of a stage. */
function withVariables(schema: Schema): Schema {
  const { anyOf, properties, items, additionalProperties } = schema;
  const changed: Schema = {
    ...schema,
    ...(anyOf && { anyOf: anyOf.map(withVariables) }),
    ...(properties && { properties: mapSchemas(properties, orVariable) }),
    ...(typeof items === "object" && !Array.isArray(items) && { items: orVariable(items) }),
    ...(typeof additionalProperties === "object" &&
      { additionalProperties: orVariable(additionalProperties) }),
  };
  return changed;
}

function orVariable(schema: Schema): Schema {
  const { description, default: value, ...rest } = withVariables(schema);
  const options = rest.anyOf !== undefined && Object.keys(rest).length === 1 ? rest.anyOf : [rest];
  return {
    ...(description !== undefined && { description }),
    ...(value !== undefined && { default: value }),
    anyOf: [...options, { $ref: "#/$defs/variable" }],
  };
}

function mapSchemas(
  schemas: Readonly<Record<string, boolean | Schema>>,
  change: (schema: Schema) => Schema,
): Record<string, boolean | Schema> {
  return Object.fromEntries(
    Object.entries(schemas).map((
      [key, schema],
    ) => [key, typeof schema === "object" ? change(schema) : schema]),
  );
}
