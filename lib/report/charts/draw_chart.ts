/**
 * From a Vega-Lite specification to SVG, without a browser.
 * @module
 */
import { type Loader, parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { z } from "zod";
import { RunError } from "../../errors.ts";
import { theme } from "./theme.ts";

/** A chart as a table's summary brings it: its `data` is `table.csv` or another file beside it, or stands in it. */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** What is none after all is refused by the compiler. */
const specification = z.custom<TopLevelSpec>((value) => typeof value === "object" && value !== null);

/**
 * SVG of the chart. Throws RunError when the specification cannot be drawn.
 * @param files what it may read, by name
 */
export async function drawChart(
  spec: ChartSpec,
  files: Readonly<Record<string, string>>,
  name: string,
): Promise<string> {
  const { loader, refused } = loaderOf(files);
  try {
    const { title: _, ...untitled } = spec;
    const { config } = untitled;
    const own = typeof config === "object" && config !== null ? config : {};
    const themed = { background: "white", ...untitled, config: { ...theme, ...own } };
    const view = new View(parse(compile(specification.parse(themed)).spec), {
      renderer: "none",
      loader,
      logger: silent,
    });
    try {
      const svg = await view.toSVG();
      if (refused.length > 0) {
        throw new Error(`it reads ${refused.join(", ")}; it may read the table's own files alone`);
      }
      return svg;
    } finally {
      view.finalize();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw new RunError(`the chart ${name} cannot be drawn: ${reason}`, { cause: error });
  }
}

/** Gives the table's files, and nothing else: neither the network nor the disk is there for a chart. */
function loaderOf(
  files: Readonly<Record<string, string>>,
): { readonly loader: Loader; readonly refused: readonly string[] } {
  const refused: string[] = [];
  const load = (uri: string) => {
    const text = Object.hasOwn(files, uri) ? files[uri] : undefined;
    if (text !== undefined) return Promise.resolve(text);
    // Vega would go on without the data.
    refused.push(uri);
    return Promise.reject(new Error(uri));
  };
  return {
    loader: { load, sanitize: (uri) => Promise.resolve({ href: uri }), http: load, file: load },
    refused,
  };
}

/** Warnings of the compiler are for who writes a kind; a scale without values draws nothing. */
const silent = {
  level: () => silent,
  error: (...parts: readonly unknown[]) => {
    throw new Error(parts.join(" "));
  },
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
};
