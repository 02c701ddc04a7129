/**
 * The videos side by side, and frames of them below each other.
 * @module
 */
import type { Played, PlayedVideo, Strip, StripRow } from "../content.ts";
import { stripStem } from "../figures.ts";
import { html, type Markup } from "./html.ts";

const speeds = [2, 1, 0.5, 0.25, 0.1];

/** One file is played and painted into a canvas for each video; without a script the file itself is shown. */
export function player({ mp4, height, width, fps, frames, videos }: Played, more: readonly string[]): Markup {
  const source = `data:video/mp4;base64,${mp4.toBase64()}`;
  const names = videos.map(({ name }) => name).join(", ");
  const last = frames - 1;
  const missing = more.length === 0 ? "" : ` Not shown: ${more.join(", ")}.`;
  return html`
    <div class="player" data-fps="${fps}" data-frames="${frames}" role="group" aria-label="Player">
      <div class="clips">${videos.map(clip)}</div>
      <video src="${source}" width="${width}" height="${height}" aria-label="${names}" muted playsinline
        controls
        preload="auto"></video>
      <div class="controls" hidden>
        <button type="button" data-do="play" aria-label="Play">▶</button>
        <button type="button" data-do="back" aria-label="One frame back">◀|</button>
        <button type="button" data-do="forward" aria-label="One frame forward">|▶</button>
        <label class="position">
          Frame <input type="range" min="0" max="${last}" value="0" step="1"> <output>0</output> of ${last}
        </label>
        <label>Speed <select>${speeds.map(speedOption)}</select></label>
        <label><input type="checkbox" data-do="loop" checked> Loop</label>
      </div>
      <p class="hint" hidden>
        <kbd>Space</kbd> plays, <kbd>←</kbd> <kbd>→</kbd> step by frames, <kbd>Home</kbd> <kbd>End</kbd> go to
        the first and the last, <kbd>−</kbd> <kbd>+</kbd> change the speed, <kbd>L</kbd> loops.
      </p>
      <p class="hint">
        Compressed for this page: the frames that were measured are those in the store.${missing}
      </p>
    </div>
  `;
}

function speedOption(speed: number): Markup {
  return speed === 1
    ? html`<option value="1" selected>1 ×</option>`
    : html`<option value="${speed}">${speed} ×</option>`;
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
  const columns = frames.map((frame) => html`<th scope="col">${frame}</th>`);
  return html`
    <div class="wide" tabindex="0" role="group" aria-label="Frames of all videos">
      <table class="strip">
        <thead>
          <tr><td></td>${columns}</tr>
        </thead>
        <tbody>${rows.map((row) => stripRow(row, frames))}</tbody>
      </table>
    </div>
    <p class="files">
      <a href="figures/${stripStem}.svg" download>SVG</a> <a href="figures/${stripStem}.png" download>PNG</a>
    </p>
  `;
}

function stripRow({ name, height, width, pictures }: StripRow, frames: readonly number[]): Markup {
  const cells = pictures.map((png, column) => {
    if (png === undefined) return html`<td></td>`;
    const source = `data:image/png;base64,${png.toBase64()}`;
    const alt = `${name}, frame ${frames[column]}`;
    return html`<td><img alt="${alt}" width="${width}" height="${height}" src="${source}"></td>`;
  });
  return html`<tr><th scope="row">${name}</th>${cells}</tr>`;
}
