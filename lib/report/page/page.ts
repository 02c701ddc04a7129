/**
 * The page: one file that needs nothing else, neither the network nor a program.
 * @module
 */
import { createHash } from "node:crypto";
import type { ReportContent } from "../content.ts";
import { registrationOf } from "../data/provenance.ts";
import type { Table } from "../data/tables.ts";
import { type Figure, stripStem } from "../figures.ts";
import { html, type Markup, verbatim } from "./html.ts";
import { player, stripTable } from "./player.ts";
import { figuresOf } from "./figures.ts";
import { dataLinks, findings, methods, notes, provenance, settings } from "./sections.ts";

/** What a page shows. */
export interface PageContent extends ReportContent {
  readonly tables: readonly Table[];
  /** In the order of the tables. */
  readonly charts: readonly Figure[];
  readonly losses: readonly Figure[];
}

/** Files of this program that stand in the page. */
export interface Assets {
  readonly style: string;
  readonly script: string;
}

/** Reads them. */
export async function readAssets(): Promise<Assets> {
  const [style = "", script = ""] = await Promise.all(
    ["report.css", "player.js"].map((file) =>
      Deno.readTextFile(new URL(`../assets/${file}`, import.meta.url))
    ),
  );
  return { style, script };
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup | undefined;
}

/** HTML of the page. */
export function pageOf(content: PageContent, { style, script }: Assets): string {
  const { title, instances } = content;
  const sections = sectionsOf(content).filter(({ body }) => body !== undefined);
  const links = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  const subjects = instances.filter(({ isSubject }) => isSubject).map(({ name }) => name).join(", ");
  const page = html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy(script)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title}</title>
        ${verbatim(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#${sections[0]?.id}">Skip to the results</a>
        <header>
          <h1>${title}</h1>
          <p>${subjects}; ${registrationOf(instances).text}</p>
          <nav aria-label="Sections"><ul>${links}</ul></nav>
        </header>
        <main>${sections.map(sectionOf)}</main>
        ${verbatim(`<script>${script}</script>`)}
      </body>
    </html>
  `;
  return page.markup.trimStart();
}

function sectionsOf(
  { instances, played, strip, more, tables, charts, losses }: PageContent,
): readonly Section[] {
  const figures = [...charts, ...losses];
  const numbers = new Map(figures.map(({ stem }, index) => [stem, index + 1]));
  const stems = [...(strip === undefined ? [] : [stripStem]), ...figures.map(({ stem }) => stem)];
  return [
    { id: "findings", title: "In brief", body: findings(tables) },
    { id: "videos", title: "Videos", body: played && player(played, more) },
    { id: "frames", title: "Frames", body: strip && stripTable(strip) },
    { id: "measures", title: "Measures", body: figuresOf(charts, numbers) },
    { id: "optimization", title: "Optimization", body: figuresOf(losses, numbers) },
    { id: "methods", title: "Methods", body: methods(instances) },
    { id: "deviations", title: "Deviations and warnings", body: notes(instances) },
    { id: "settings", title: "Settings", body: settings(instances) },
    { id: "provenance", title: "Provenance", body: provenance(instances) },
    { id: "data", title: "Data", body: dataLinks(instances, stems) },
  ];
}

function sectionOf({ id, title, body }: Section): Markup {
  return html`
    <section id="${id}" aria-labelledby="${id}-title">
      <h2 id="${id}-title">${title}</h2>
      ${body}
    </section>
  `;
}

/** Nothing is fetched, and no script runs but the page's own. */
function policy(script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  return [
    "default-src 'none'",
    "img-src data:",
    "media-src data:",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
