/**
 * The videos side by side, and frames of them below each other.
 * @module
 */
import type { Played, PlayedVideo, Strip } from "../content.ts";
import { html, type Markup } from "./html.ts";

const speeds = [2, 1, 0.5, 0.25, 0.1];

/** One file is played and painted into a canvas for each video; without a script the file itself is shown. */
export function player({ mp4, height, width, fps, frames, videos }: Played, more: readonly string[]): Markup {
  return html`
    <div class="player" data-fps="${fps}" data-frames="${frames}" role="group" aria-label="Player">
      <div class="clips">${videos.map(clip)}</div>
      <video src="data:video/mp4;base64,${mp4
        .toBase64()}" width="${width}" height="${height}" muted playsinline
        controls preload="auto" aria-label="${videos.map(({ name }) => name).join(", ")}"></video>
      <div class="controls" hidden>
        <button type="button" data-do="play" aria-label="Play">▶</button>
        <button type="button" data-do="back" aria-label="One frame back">◀|</button>
        <button type="button" data-do="forward" aria-label="One frame forward">|▶</button>
        <label
          class="position">Frame <input type="range" min="0" max="${frames -
            1}" value="0" step="1"> <output>0</output></label>
        <label>Speed <select>${speeds.map((speed) =>
          html`
            <option value="${speed}" ${speed === 1
              ? html`
                selected
              `
              : html``}>${speed} ×</option>
          `
        )}</select></label>
        <label><input type="checkbox" data-do="loop" checked> Loop</label>
      </div>
      <p class="hint"
        hidden>Keys: <kbd>Space</kbd> plays, <kbd>←</kbd> <kbd>→</kbd> step by frames, <kbd>Home</kbd> and <kbd>End</kbd> go to the first and the last, <kbd>−</kbd> <kbd>+</kbd> change the speed, <kbd>L</kbd> loops.</p>
      <p
        class="hint">Compressed for this page: the frames that were measured are those in the store.${more
            .length === 0
          ? ""
          : ` Not shown: ${more.join(", ")}.`}</p>
    </div>
  `;
}

function clip({ name, height, width, frames, x, y, shownHeight, shownWidth }: PlayedVideo): Markup {
  const size = `${height} × ${width}, ${frames} ${frames === 1 ? "frame" : "frames"}`;
  return html`
    <figure class="clip">
      <canvas width="${shownWidth}" height="${shownHeight}" data-x="${x}" data-y="${y}" role="img"
        aria-label="Video ${name}, ${size}"></canvas>
      <figcaption><strong>${name}</strong> <small>${size}</small></figcaption>
    </figure>
  `;
}

/** The same frames of all videos, one row for each. */
export function stripTable({ frames, rows }: Strip): Markup {
  return html`
    <div class="wide" tabindex="0" role="group" aria-label="Frames of all videos">
      <table class="strip">
        <thead>
          <tr><td></td>${frames.map((frame) => html`<th scope="col">${frame}</th>`)}</tr>
        </thead>
        <tbody>${rows.map(({ name, height, width, pictures }) =>
          html`<tr><th scope="row">${name}</th>${
            pictures.map((png, column) =>
              png === undefined
                ? html`<td></td>`
                : html`<td><img alt="${name}, frame ${
                  frames[column]
                }" width="${width}" height="${height}" src="data:image/png;base64,${png.toBase64()}"></td>`
            )
          }</tr>`
        )}</tbody>
      </table>
    </div>
    <p
      class="files"><a href="figures/frames.svg" download>SVG</a> <a href="figures/frames.png" download>PNG</a></p>
  `;
}
