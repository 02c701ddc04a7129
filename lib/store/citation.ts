/**
 * What a stimulus or an analysis rests on, as data: manifests carry it, and a report makes text and BibTeX of it.
 * @module
 */
import { z } from "zod";

/** A publication. */
export const citationSchema = z.object({
  /** By which sentences name it, and the key of its BibTeX entry: `greco2025`. */
  id: z.string(),
  /** "Greco, A.", "Siegel, M.", in order. */
  authors: z.array(z.string()).readonly(),
  title: z.string(),
  year: z.int(),
  /** The journal, the proceedings or the publisher. */
  in: z.string(),
  /** Of BibTeX. */
  type: z.enum(["article", "inproceedings", "book", "misc"]),
  volume: z.string().optional(),
  /** "49-70" */
  pages: z.string().optional(),
  doi: z.string().optional(),
  /** Of arXiv: "1409.1556". */
  arxiv: z.string().optional(),
});

/** A publication. */
export interface Citation {
  /** By which sentences name it, and the key of its BibTeX entry: `greco2025`. */
  readonly id: string;
  /** "Greco, A.", "Siegel, M.", in order. */
  readonly authors: readonly string[];
  /** Without a full stop. */
  readonly title: string;
  /** Of publication. */
  readonly year: number;
  /** The journal, the proceedings or the publisher. */
  readonly in: string;
  /** Of BibTeX. */
  readonly type: "article" | "inproceedings" | "book" | "misc";
  /** Of the journal, with the issue where it matters. */
  readonly volume?: string | undefined;
  /** "49-70" */
  readonly pages?: string | undefined;
  /** Without "doi:". */
  readonly doi?: string | undefined;
  /** Of arXiv: "1409.1556". */
  readonly arxiv?: string | undefined;
}

/** How an instance was made, for a methods section. */
export const methodsSchema = z.object({
  /** What follows "The video metamer was": "synthesized by ... [@greco2025]", without a full stop. */
  made: z.string(),
  /** Sentences that go on from there; `[@id]` in them names a citation. */
  details: z.array(z.string()).readonly(),
  citations: z.array(citationSchema).readonly(),
});

/** How an instance was made, for a methods section. */
export interface Methods {
  /** What follows "The video metamer was": "synthesized by ... [@greco2025]", without a full stop. */
  readonly made: string;
  /** Sentences that go on from there; `[@id]` in them names a citation. */
  readonly details: readonly string[];
  /** Those that the sentences name. */
  readonly citations: readonly Citation[];
}

/** "Greco, A. & Siegel, M. A spatiotemporal ... . Nature Computational Science 5, 1-10 (2025). doi:..." */
export function inFull({ authors, title, in: container, volume, pages, year, doi, arxiv }: Citation): string {
  const place = [container, ...(volume === undefined ? [] : [` ${volume}`])].join("");
  const where = `${place}${pages === undefined ? "" : `, ${pages}`} (${year})`;
  const name = doi !== undefined ? ` doi:${doi}` : arxiv !== undefined ? ` arXiv:${arxiv}` : "";
  return `${listOfAuthors(authors)} ${title}. ${where}.${name}`;
}

function listOfAuthors(authors: readonly string[]): string {
  if (authors.length <= 1) return authors.join("");
  return `${authors.slice(0, -1).join(", ")} & ${authors.at(-1)}`;
}
