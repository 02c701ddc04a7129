/**
 * The methods section: what the manifests say of how everything was made, and what is to be cited for it.
 * @module
 */
import { type Citation, inFull, type Methods } from "../../store/citation.ts";
import type { Manifest } from "../../store/manifest.ts";
import type { Reported } from "../content.ts";

/** Paragraphs, and the publications that they cite in the order of their first mention. */
export interface MethodsText {
  readonly paragraphs: readonly string[];
  readonly references: readonly { readonly text: string; readonly bibtex: string }[];
}

/** One paragraph for all instances that were made in the same way. */
export function methodsText(instances: readonly Reported[]): MethodsText {
  const told = instances.map(({ name, finished: { manifest } }) => ({
    name,
    manifest,
    methods: methodsOf(manifest),
  }));
  const citations = new Map(
    told.flatMap(({ methods }) => methods.citations.map((cited) => [cited.id, cited])),
  );
  const alike = Map.groupBy(
    told,
    ({ manifest, methods }) => JSON.stringify([what(manifest), methods.made, methods.details]),
  );
  const mentioned = new Set<string>();
  const cite = (text: string) =>
    text.replace(/\[(@[^\]]+)\]/g, (_, ids: string) => {
      const cited = ids.split(";").flatMap((id) => citations.get(id.trim().slice(1)) ?? []);
      cited.forEach(({ id }) => mentioned.add(id));
      return `(${cited.map(shortly).join("; ")})`;
    });
  const paragraphs = [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { manifest, methods } = first;
    const names = same.map(({ name }) => name);
    const subject = `The ${noun(manifest)}${names.length > 1 ? "s" : ""} ${listed(names)}${what(manifest)}`;
    const made = `${subject} ${names.length > 1 ? "were" : "was"} ${methods.made}.`;
    return [cite([made, ...methods.details].join(" "))];
  });
  const references = [...mentioned].flatMap((id) => {
    const citation = citations.get(id);
    return citation === undefined ? [] : [{ text: inFull(citation), bibtex: bibtex(citation) }];
  });
  return { paragraphs: [...paragraphs, software(instances)], references };
}

/** Manifests of earlier versions, and kinds that say nothing, have no text of their own. */
function methodsOf({ methods, kind }: Manifest): Methods {
  return methods ??
    { made: `made by a stage of the kind ${kind} (settings below)`, details: [], citations: [] };
}

function noun({ video, kind }: Manifest): string {
  return video === undefined ? "table" : kind === "video" ? "clip" : "video";
}

function what({ video }: Manifest): string {
  if (video === undefined) return "";
  const { frames, height, width, fps } = video;
  const [numerator = 1, denominator = 1] = fps.split("/").map(Number);
  const rate = Number((numerator / denominator).toFixed(3));
  return ` (${frames} ${
    frames === 1 ? "frame" : "frames"
  } of ${height} x ${width} pixels, ${rate} per second)`;
}

/** With what everything was computed. */
function software(instances: readonly Reported[]): string {
  const manifests = instances.map(({ finished: { manifest } }) => manifest);
  const versions = new Set(manifests.map(({ software: { metamer } }) => `Metamer ${metamer}`));
  const engines = new Set(
    manifests.flatMap(({ sessions }) => sessions).flatMap(({ engine }) =>
      engine === undefined
        ? []
        : [`${engine.name} ${engine.version} (${engine.provider}) on ${engine.device} in ${engine.precision}`]
    ),
  );
  const by = engines.size === 0 ? "" : `; models were evaluated by ${listed([...engines])}`;
  return `Everything was computed with ${listed([...versions])}${by}.`;
}

/** "Greco & Siegel, 2025" */
function shortly({ authors, year }: Citation): string {
  const [first = "", second = ""] = authors.map((author) => author.split(",")[0] ?? author);
  const names = authors.length > 2
    ? `${first} et al.`
    : authors.length === 2
    ? `${first} & ${second}`
    : first;
  return `${names}, ${year}`;
}

const containers = {
  article: "journal",
  inproceedings: "booktitle",
  book: "publisher",
  misc: "howpublished",
} as const;

/** An entry for a bibliography. */
export function bibtex(citation: Citation): string {
  const { id, type, authors, title, year, volume, pages, doi, arxiv } = citation;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["author", authors.join(" and ")],
    // Braces keep capitals.
    ["title", `{${title}}`],
    [containers[type], citation.in],
    ["volume", volume],
    ["pages", pages?.replace("-", "--")],
    ["year", String(year)],
    ["doi", doi],
    ["eprint", arxiv],
    ["archiveprefix", arxiv && "arXiv"],
  ];
  const lines = fields.flatMap(([name, value]) => value === undefined ? [] : [`  ${name} = {${value}}`]);
  return `@${type}{${id},\n${lines.join(",\n")}\n}`;
}

function listed(names: readonly string[]): string {
  return names.length <= 1 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
