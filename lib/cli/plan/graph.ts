/**
 * A plan as a flowchart in Mermaid's language: what reads what, and what is there already.
 * @module
 */
import type { PlannedInstance } from "../../plan/planned_instance.ts";

/** Colors that can be told apart by everybody, light enough for black letters. */
const classes: Readonly<Record<PlannedInstance["status"], string>> = {
  cached: "fill:#cfe8d5,stroke:#2d6a4f,color:#000",
  resume: "fill:#fff0c2,stroke:#8a6d00,color:#000",
  run: "fill:#ffffff,stroke:#555555,color:#000",
};

/** The flowchart: a node for each instance, those of one stage together; videos are rounded. */
export function planGraph(instances: readonly PlannedInstance[]): string {
  const nodes = new Map(instances.map(({ name }, index) => [name, `n${index}`]));
  const stages = Map.groupBy(instances, ({ stage }) => stage);
  return [
    "flowchart LR",
    ...[...stages].flatMap(([stage, members], index) => stageLines(stage, members, index, nodes)),
    ...instances.flatMap((instance) => edgeLines(instance, nodes)),
    ...Object.entries(classes).map(([name, style]) => `  classDef ${name} ${style}`),
    "",
  ].join("\n");
}

function stageLines(
  stage: string,
  members: readonly PlannedInstance[],
  index: number,
  nodes: ReadonlyMap<string, string>,
): string[] {
  const [only] = members;
  if (members.length === 1 && only !== undefined && Object.keys(only.factors).length === 0) {
    return [`  ${nodeOf(only, stage, nodes)}`];
  }
  return [
    `  subgraph s${index}[${quoted(stage)}]`,
    ...members.map((member) => `    ${nodeOf(member, factorsOf(member), nodes)}`),
    "  end",
  ];
}

function nodeOf(instance: PlannedInstance, label: string, nodes: ReadonlyMap<string, string>): string {
  const [open, close] = instance.section === "videos" ? ["([", "])"] : ["[", "]"];
  return `${nodes.get(instance.name)}${open}${quoted(label)}${close}:::${instance.status}`;
}

function factorsOf({ factors }: PlannedInstance): string {
  return Object.entries(factors).map(([factor, value]) => `${factor}=${value}`).join(", ");
}

/** One arrow for each instance that is read, with everything it is read for. */
function edgeLines({ name, inputs }: PlannedInstance, nodes: ReadonlyMap<string, string>): string[] {
  const bySource = Map.groupBy(inputs, (input) => input.name);
  return [...bySource].flatMap(([source, reads]) => {
    const [from, to] = [nodes.get(source), nodes.get(name)];
    if (from === undefined || to === undefined) return [];
    const roles = [...new Set(reads.map(({ role }) => shortRole(role)))];
    return [`  ${from} -->|${quoted(roles.join(", "))}| ${to}`];
  });
}

/** `spatial_texture` of `targets.spatial_texture.mixture.0.video`, `color_transfer` of `color_transfer.video`. */
function shortRole(role: string): string {
  const words = role.split(".").filter((word) => !/^(\d+|video|mixture|targets)$/.test(word));
  return words.join(" ") || role;
}

/** As Mermaid takes any text: in quotes, with what it would read as its own written as an entity. */
function quoted(text: string): string {
  return `"${text.replace(/["#;<>&\n\r`]/g, (character) => `#${character.codePointAt(0)};`)}"`;
}
