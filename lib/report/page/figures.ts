/**
 * Figures on the page: drawings with captions, and links to their files.
 * @module
 */
import type { Figure } from "../figures.ts";
import { html, type Markup } from "./html.ts";

/** Undefined where there is none. */
export function figuresOf(
  figures: readonly Figure[],
  numbers: ReadonlyMap<string, number>,
): Markup | undefined {
  if (figures.length === 0) return undefined;
  return html`${figures.map((figure) => figureOf(figure, numbers.get(figure.stem) ?? 0))}`;
}

/** As a picture, so that names inside of one drawing are nothing to another. A wide one can be moved sideways. */
function figureOf({ stem, caption, of, svg }: Figure, number: number): Markup {
  const source = `data:image/svg+xml;base64,${new TextEncoder().encode(svg).toBase64()}`;
  const { width, height } = sizeOf(svg);
  const path = `figures/${encodeURIComponent(stem)}`;
  return html`
    <figure id="figure-${number}">
      <div class="wide" tabindex="0" role="group" aria-label="Figure ${number}">
        <img class="chart" alt="${caption} (${of})" width="${width}" height="${height}"
          src="${source}">
      </div>
      <figcaption>
        <strong>Figure ${number}.</strong> ${caption} (<code>${of}</code>).
        <span class="files"><a href="${path}.svg" download>SVG</a> <a href="${path}.png" download>PNG</a></span>
      </figcaption>
    </figure>
  `;
}

/** Its own size, so that the page does not move while it loads. */
function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const side = (name: string) => Number(svg.match(new RegExp(`^<svg[^>]*? ${name}="([\\d.]+)"`))?.[1] ?? 0);
  return { width: side("width"), height: side("height") };
}
