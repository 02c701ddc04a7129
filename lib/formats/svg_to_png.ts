/**
 * From SVG to PNG, with a font of our own: a bare machine has none.
 * @module
 */
import { setImmediate } from "node:timers/promises";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { fontFamily, fontFiles } from "./figure_font.ts";

const files = ["@resvg/resvg-wasm/index_bg.wasm", ...fontFiles];

let loading: Promise<Uint8Array[]> | undefined;

/** Resolves to the fonts when the program that draws is ready; a process can load it only once. */
function load(): Promise<Uint8Array[]> {
  loading ??= Promise.all(files.map((file) => Deno.readFile(new URL(import.meta.resolve(file)))))
    .then(async ([program, ...fonts]) => {
      await initWasm(program ?? new Uint8Array());
      return fonts;
    });
  return loading;
}

/**
 * A PNG of the drawing. Rejects when the packages that draw are not there.
 * @param zoom pixels for each unit of the drawing
 */
export async function drawPng(svg: string, zoom = 1): Promise<Uint8Array> {
  const fontBuffers = await load();
  // Signals and the display get a turn between steps that take a tenth of a second and more each.
  await setImmediate();
  const drawing = new Resvg(svg, {
    font: { fontBuffers, defaultFontFamily: fontFamily, sansSerifFamily: fontFamily },
    fitTo: { mode: "zoom", value: zoom },
  });
  try {
    await setImmediate();
    const rendered = drawing.render();
    await setImmediate();
    return rendered.asPng();
  } finally {
    drawing.free();
  }
}
