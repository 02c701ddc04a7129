/**
 * The sections of the page that are made of words.
 * @module
 */
import type { Reported } from "../content.ts";
import { methodsText } from "../data/methods.ts";
import { deviationNotes, type Note, warningNotes } from "../data/notes.ts";
import { origins, registrationOf } from "../data/provenance.ts";
import { settingsTexts } from "../data/settings.ts";
import { type Table, tableFilesOf } from "../data/tables.ts";
import { recordFolder } from "../record_folder.ts";
import { type Content, html, type Markup } from "./html.ts";

/** What each table comes to; undefined where none says it. */
export function findings(tables: readonly Table[]): Markup | undefined {
  const told = tables.filter(({ headline }) => headline !== undefined);
  if (told.length === 0) return undefined;
  const found = told.map(({ name, headline }) =>
    html`
      <div>
        <dt>${name}</dt>
        <dd>${headline}</dd>
      </div>
    `
  );
  return html`<dl class="findings">${found}</dl>`;
}

/** Paragraphs, references, and BibTeX to be copied. */
export function methods(instances: readonly Reported[]): Markup {
  const { paragraphs, references } = methodsText(instances);
  const told = paragraphs.map((paragraph) => html`<p>${paragraph}</p>`);
  if (references.length === 0) return html`${told}`;
  const bibtex = references.map(({ bibtex }) => bibtex).join("\n\n");
  return html`
    ${told}
    <h3>References</h3>
    <ul class="references">${references.map(({ text }) => html`<li>${text}</li>`)}</ul>
    <details>
      <summary>BibTeX</summary>
      <pre tabindex="0">${bibtex}</pre>
    </details>
  `;
}

/** Departures from the paper and from the registration, then what there was to warn of. */
export function notes(instances: readonly Reported[]): Markup {
  const { deviations } = registrationOf(instances);
  const total = instances.length;
  return html`
    ${listOf("From what was registered", deviations.map((text) => ({ text, names: [] })), total)}
    ${listOf("From the paper and the authors' code", deviationNotes(instances), total)}
    ${listOf("Warnings", warningNotes(instances), total)}
  `;
}

function listOf(title: string, told: readonly Note[], total: number): Markup | undefined {
  if (told.length === 0) return undefined;
  const items = told.map(({ text, names }) => {
    const of = names.length === 0 || names.length === total ? "" : ` (${names.join(", ")})`;
    return html`<li>${text}<small>${of}</small></li>`;
  });
  return html`
    <h3>${title}</h3>
    <ul>${items}</ul>
  `;
}

/** YAML of each instance, folded away. */
export function settings(instances: readonly Reported[]): Markup {
  const texts = settingsTexts(instances).map(({ name, yaml }) =>
    html`
      <details>
        <summary>${name}</summary>
        <pre tabindex="0">${yaml}</pre>
      </details>
    `
  );
  return html`${texts}`;
}

/** A row for each instance. */
export function provenance(instances: readonly Reported[]): Markup {
  const columns = ["made from", "clips and weights", "by", "engine", "git", "finished", "seconds", "key"];
  const rows = origins(instances).map((origin) =>
    html`
      <tr>
        <th scope="row">${origin.name}</th>
        <td>${origin.inputs.join(", ")}</td>
        <td>${origin.sources.join(", ")}</td>
        <td>${origin.software}</td>
        <td>${origin.engine}</td>
        <td>${origin.commit}</td>
        <td>${origin.finished}</td>
        <td>${origin.seconds.toFixed(1)}</td>
        <td><code>${origin.key}</code></td>
      </tr>
    `
  );
  const headings = columns.map((column) => html`<th scope="col">${column}</th>`);
  return html`
    <div class="wide" tabindex="0" role="group" aria-label="Provenance">
      <table>
        <thead>
          <tr><th scope="col">instance</th>${headings}</tr>
        </thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
  `;
}

/** Links to files beside the page. */
export function dataLinks(instances: readonly Reported[], stems: readonly string[]): Markup {
  return html`
    <p>
      Beside this page lie the records of every instance and the figures as files; the page itself needs none of
      them.
    </p>
    <ul>${instances.map(recordLinks)}</ul>
    <p>${stems.length === 0 ? "" : "Figures: "}${separated(stems.map(figureLinks))}</p>
  `;
}

function recordLinks(instance: Reported): Markup {
  const folder = encodeURI(recordFolder(instance.name));
  const files = [...tableFilesOf(instance), "manifest.json"];
  const links = files.map((file) => html`<a href="${folder}/${file}">${file}</a>`);
  return html`<li>${instance.name}: ${separated(links)}</li>`;
}

function figureLinks(stem: string): Markup {
  const path = `figures/${encodeURIComponent(stem)}`;
  return html`${stem} (<a href="${path}.svg">SVG</a>, <a href="${path}.png">PNG</a>)`;
}

function separated(items: readonly Markup[]): readonly Content[] {
  return items.flatMap((item, index) => index === 0 ? [item] : [", ", item]);
}
