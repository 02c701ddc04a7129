/**
 * The sections of the page that are made of words.
 * @module
 */
import type { Reported } from "../content.ts";
import { methodsText } from "../data/methods.ts";
import { deviationNotes, type Note, warningNotes } from "../data/notes.ts";
import { origins, registrationOf } from "../data/provenance.ts";
import { settingsTexts } from "../data/settings.ts";
import { makesTable, type Table } from "../data/tables.ts";
import type { Figure } from "../figures.ts";
import { recordFolder } from "../record_folder.ts";
import { html, type Markup } from "./html.ts";

/** What each table comes to; undefined where none says it. */
export function findings(tables: readonly Table[]): Markup | undefined {
  const told = tables.filter(({ headline }) => headline !== undefined);
  if (told.length === 0) return undefined;
  return html`
    <dl class="findings">${told.map(({ name, headline }) =>
      html`
        <div>
          <dt>${name}</dt>
          <dd>${headline}</dd>
        </div>
      `
    )}</dl>
  `;
}

/** Whether it was registered, in the middle of a sentence. */
export function registration(instances: readonly Reported[]): string {
  return registrationOf(instances).text;
}

/** Paragraphs, references, and BibTeX to be copied. */
export function methods(instances: readonly Reported[]): Markup {
  const { paragraphs, references } = methodsText(instances);
  const cited = references.length === 0 ? undefined : html`
    <h3>References</h3>
    <ul class="references">${references.map(({ text }) => html`<li>${text}</li>`)}</ul>
    <details>
      <summary>BibTeX</summary>
      <pre tabindex="0">${references.map(({ bibtex }) => bibtex).join("\n\n")}</pre>
    </details>
  `;
  return html`${paragraphs.map((paragraph) => html`<p>${paragraph}</p>\n`)}${cited}`;
}

/** Departures from the paper and from the registration, then what there was to warn of. */
export function notes(instances: readonly Reported[]): Markup {
  const { deviations } = registrationOf(instances);
  const total = instances.length;
  return html`${listOf("From what was registered", deviations.map((text) => ({ text, names: [] })), total)}${
    listOf("From the paper and the authors' code", deviationNotes(instances), total)
  }${listOf("Warnings", warningNotes(instances), total)}`;
}

function listOf(title: string, told: readonly Note[], total: number): Markup {
  if (told.length === 0) return html``;
  return html`
    <h3>${title}</h3>
    <ul>${told.map(({ text, names }) =>
      html`<li>${text}${
        names.length === 0 || total === 1 ? "" : html`
          <small>(${names.join(", ")})</small>
        `
      }</li>`
    )}</ul>
  `;
}

/** YAML of each instance, folded away. */
export function settings(instances: readonly Reported[]): Markup {
  return html`${
    settingsTexts(instances).map(({ name, yaml }) =>
      html`
        <details>
          <summary>${name}</summary>
          <pre tabindex="0">${yaml}</pre>
        </details>\\n
      `
    )
  }`;
}

/** A row for each instance. */
export function provenance(instances: readonly Reported[]): Markup {
  const columns = ["made from", "clips and weights", "by", "engine", "git", "finished", "seconds", "key"];
  return html`
    <div class="wide" tabindex="0" role="group" aria-label="Provenance">
      <table>
        <thead>
          <tr><th scope="col">instance</th>${columns.map((column) =>
            html`<th scope="col">${column}</th>`
          )}</tr>
        </thead>
        <tbody>${origins(instances).map((origin) =>
          html`
            <tr>
              <th scope="row">${origin.name}</th>
              <td>${origin.inputs.join(", ")}</td>
              <td>${origin.sources.join(", ")}</td>
              <td>${origin.software}</td>
              <td>${origin.engine ?? ""}</td>
              <td>${origin.commit ?? ""}</td>
              <td>${origin.finished}</td>
              <td>${origin.seconds.toFixed(1)}</td>
              <td><code>${origin.key}</code></td>
            </tr>
          `
        )}</tbody>
      </table>
    </div>
  `;
}

/** Links to files beside the page. */
export function dataLinks(
  instances: readonly Reported[],
  figures: readonly Figure[],
  hasStrip: boolean,
): Markup {
  const stems = [...(hasStrip ? ["frames"] : []), ...figures.map(({ stem }) => stem)];
  return html`
    <p>Beside this page lie the records of every instance and the figures as files; the page itself needs none of them.</p>
    <ul>${instances.map((instance) => {
      const folder = encodeURI(recordFolder(instance.name));
      const files = [...(makesTable(instance) ? ["table.csv", "summary.json"] : []), "manifest.json"];
      return html`<li>${instance.name}: ${
        files.map((file, index) => html`${index > 0 ? ", " : ""}<a href="${folder}/${file}">${file}</a>`)
      }</li>`;
    })}</ul>
    ${stems.length === 0
      ? undefined
      : html`<p>Figures: ${
        stems.map((stem, index) =>
          html`${
            index > 0 ? ", " : ""
          }${stem} (<a href="figures/${stem}.svg">SVG</a>, <a href="figures/${stem}.png">PNG</a>)`
        )
      }</p>`}
  `;
}
