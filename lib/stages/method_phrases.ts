/**
 * How the sentences of methods sections list names and cite publications.
 * @module
 */
import type { Citation } from "../store/citation.ts";

/** " [@greco2025; @pitie2007]", for the end of a sentence; nothing where nothing is cited. */
export function citing(cites: readonly Citation[]): string {
  return cites.length === 0 ? "" : ` [${cites.map(({ id }) => `@${id}`).join("; ")}]`;
}

/** "natural, metamer and scrambled" */
export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** "It is that of He (2016), Deep residual learning.", of a publication that is known in words alone. */
export function ofPublication(what: string, citation: string): string {
  return `${what} is that of ${citation.replace(/\.$/, "")}.`;
}

/** "1 frame", "12 frames" */
export function counted(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? "" : "s"}`;
}
