/**
 * HTML in which everything that is put in is text, unless it is HTML itself.
 * @module
 */

/** A piece of HTML, made by `html` alone. */
export interface Markup {
  readonly markup: string;
}

/** What can stand between pieces. */
export type Content = string | number | Markup | undefined | readonly Content[];

/** "html`<p>${text}</p>`": texts are escaped, for elements and for attributes in double quotes. */
export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { markup: String.raw({ raw: pieces }, ...contents.map(written)) };
}

/** What is HTML, CSS or script already, from a file of this program. */
export function verbatim(markup: string): Markup {
  return { markup };
}

function written(content: Content): string {
  if (content === undefined) return "";
  if (typeof content === "string" || typeof content === "number") return escaped(String(content));
  return "markup" in content ? content.markup : content.map(written).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text as it stands in HTML and in SVG. Letters that XML does not have are left out. */
export function escaped(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
