/**
 * The losses that have targets: which stream each looks through, and how it compares.
 * @module
 */
import type { Stream } from "../../models/stream_model.ts";
import type { TargetTerm } from "../settings.ts";
import type { Comparison } from "./comparison.ts";
import { content } from "./content.ts";
import { texture } from "./texture.ts";

/** A loss with a target. */
export interface TermDefinition {
  /** As the methods paragraph calls it. */
  readonly title: string;
  readonly stream: Stream;
  /** Which of the model's two default lists of layers it takes. */
  readonly defaultLayers: "defaultContentLayers" | "defaultTextureLayers";
  readonly comparison: Comparison;
}

const contentTerm = { defaultLayers: "defaultContentLayers", comparison: content } as const;
const textureTerm = { defaultLayers: "defaultTextureLayers", comparison: texture } as const;

/** Every loss with a target. */
export const terms: { readonly [term in TargetTerm]: TermDefinition } = {
  spatial_content: { title: "spatial content", stream: "spatial", ...contentTerm },
  spatial_texture: { title: "spatial texture", stream: "spatial", ...textureTerm },
  temporal_content: { title: "temporal content", stream: "temporal", ...contentTerm },
  temporal_texture: { title: "temporal texture", stream: "temporal", ...textureTerm },
};
