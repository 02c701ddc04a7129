/**
 * Every problem that a workflow can have, as a code with facts. The sentences are made in `problems.ts`.
 * @module
 */
import type { Expectation } from "./wording.ts";

/** The facts of every problem, by code. */
export interface ProblemFacts {
  // Text and document.
  readonly file_missing: {
    readonly file: string;
    /** The absolute path, where it was looked for. */
    readonly path?: string;
    /** Files that lie in that folder. */
    readonly known?: readonly string[];
  };
  readonly file_unreadable: { readonly file: string; readonly detail: string };
  readonly text_too_large: { readonly bytes: number; readonly most: number };
  readonly not_utf8: { readonly found: string };
  readonly empty_file: Record<never, never>;
  readonly merge_conflict: Record<never, never>;
  readonly yaml_syntax: { readonly detail: string };
  /** What stands after a backslash in double quotes, with the backslash. */
  readonly yaml_escape: { readonly escape: string };
  readonly yaml_directive: Record<never, never>;
  /** A character that can't be seen, or that looks like a space. */
  readonly odd_character: { readonly character: string };
  readonly no_colon: Record<never, never>;
  readonly key_too_long: Record<never, never>;
  readonly second_colon: Record<never, never>;
  readonly not_closed: { readonly missing: string };
  readonly tab_indent: Record<never, never>;
  readonly several_documents: Record<never, never>;
  readonly duplicate_key: { readonly key: string };
  readonly key_not_a_name: Record<never, never>;
  readonly unknown_alias: { readonly alias: string };
  readonly cyclic_alias: { readonly alias: string };
  readonly too_many_aliases: Record<never, never>;
  readonly nested_too_deeply: Record<never, never>;
  readonly yaml_tag: { readonly tag: string };
  readonly not_a_map: {
    readonly found: unknown;
    /** What could stand here. */
    readonly example?: string;
  };

  // Layers.
  readonly extends_cycle: { readonly files: readonly string[] };
  readonly option_without_value: { readonly option: string };
  readonly option_path: { readonly option: string };
  readonly option_extends: Record<never, never>;
  readonly option_into_value: { readonly key: string; readonly path: string; readonly found: unknown };
  readonly option_index: { readonly index: string; readonly path: string; readonly length: number };

  // The workflow's frame.
  readonly missing_version: Record<never, never>;
  readonly wrong_version: { readonly found: unknown };
  readonly no_stages: Record<never, never>;
  readonly bad_name: { readonly name: string };
  readonly reserved_name: { readonly name: string };
  readonly name_taken: { readonly name: string; readonly by: string };
  readonly missing_kind: { readonly stage: string; readonly known: readonly string[] };
  readonly unknown_kind: { readonly kind: string; readonly known: readonly string[] };

  // Matrix and references.
  readonly matrix_value: { readonly variable: string; readonly found: unknown };
  readonly matrix_empty: { readonly variable: string };
  readonly matrix_repeated: { readonly variable: string; readonly value: string };
  readonly matrix_too_large: { readonly instances: number; readonly most: number };
  readonly unknown_group: { readonly name: string; readonly known: readonly string[] };
  readonly idle_variable: { readonly variable: string };
  readonly unknown_variable: { readonly variable: string; readonly known: readonly string[] };
  readonly variable_in_text: { readonly text: string; readonly variable: string };
  readonly variable_outside_matrix: { readonly text: string };
  readonly unknown_reference: {
    readonly name: string;
    readonly wants: string;
    readonly known: readonly string[];
  };
  readonly unused_video: { readonly name: string; readonly known: readonly string[] };
  readonly removed_reference: { readonly name: string; readonly where: string };
  readonly wrong_reference: { readonly name: string; readonly is: string; readonly wants: string };
  readonly several_instances: { readonly name: string; readonly instances: readonly string[] };
  readonly no_instance: { readonly name: string; readonly of: string };
  readonly reference_cycle: { readonly names: readonly string[] };

  // Values.
  readonly required: { readonly key: string };
  readonly unknown_key: { readonly key: string; readonly known: readonly string[] };
  readonly wrong_type: {
    readonly expected: Expectation;
    readonly found: unknown;
    /** Words that may stand here. */
    readonly words?: readonly string[];
  };
  readonly not_one_of: { readonly allowed: readonly unknown[]; readonly found: unknown };
  readonly too_small: { readonly minimum: number; readonly inclusive: boolean; readonly found: unknown };
  readonly too_large: { readonly maximum: number; readonly inclusive: boolean; readonly found: unknown };
  readonly too_few_items: { readonly needed: number };
  readonly address: { readonly found: string };
  readonly control_character: Record<never, never>;
  readonly not_a_frame: { readonly key: string };
  readonly no_keyframes: Record<never, never>;
  readonly exactly_one: { readonly keys: readonly string[]; readonly found: readonly string[] };
  readonly not_together: { readonly other: string };
  readonly repeated: { readonly value: string };
  readonly no_share: Record<never, never>;
  readonly no_share_at: { readonly frame: number };
  readonly no_iterations_at: { readonly frame: number };

  // Clip tables.
  readonly table_syntax: { readonly detail: string };
  readonly table_empty: Record<never, never>;
  /** Columns are separated by another sign than a comma. */
  readonly table_separator: { readonly separator: string };
  readonly table_column_missing: { readonly column: string };
  readonly table_column_unknown: { readonly column: string; readonly known: readonly string[] };
  readonly table_column_repeated: { readonly column: string };
  readonly table_cell_missing: { readonly column: string };
  readonly table_number: { readonly column: string; readonly found: string };
  readonly table_row_length: { readonly cells: number; readonly columns: number };

  // Videos on the disk.
  readonly not_a_video: { readonly file: string; readonly detail: string };
  readonly beyond_the_end: {
    readonly file: string;
    readonly frames: number;
    /** What is asked for, and how many frames the file would need for it. */
    readonly start: number;
    readonly wanted: number;
    readonly step: number;
    readonly needed: number;
    /** How many can be read with this start and step; 0 when the start is beyond the end. */
    readonly most: number;
    /** The setting of the workflow that says how many are read; absent for a row of a clip table. */
    readonly setting?: string;
  };
  readonly cut_short: {
    readonly file: string;
    readonly frames: number;
    /** How many can be read with this start and step. */
    readonly most: number;
    /** The setting of the workflow that says how many are read; absent for a row of a clip table. */
    readonly setting?: string;
  };
  readonly unlikely_rate: { readonly file: string; readonly rate: number };
  readonly fps_of_file: { readonly file: string };

  // Sequences of images.
  readonly pattern_in_folder: { readonly file: string };
  readonly no_images: { readonly file: string };
  readonly image_kinds: { readonly file: string; readonly first: string; readonly other: string };
  readonly image_missing: {
    readonly file: string;
    readonly before: string;
    readonly after: string;
    /** The name that would stand between the two. */
    readonly missing: string;
  };
  readonly image_differs: {
    /** The image. */
    readonly file: string;
    readonly is: string;
    /** The first image, which says what the others have to be. */
    readonly first: string;
    readonly needed: string;
  };

  // Synthesis.
  readonly octave_needs: {
    readonly keys: readonly string[];
    /** The octaves of which the paper's values stand in for what is left out. */
    readonly known: readonly number[];
  };
  readonly no_rule: { readonly rules: readonly string[] };
  readonly no_target: Record<never, never>;
  readonly too_few_frames: {
    readonly video: string;
    readonly frames: number;
    readonly needed: number;
    /** The padding frames, when it is for them that so many are needed. */
    readonly padding?: number;
  };
  readonly frames_unknown: Record<never, never>;
  readonly content_length: { readonly term: string };
  readonly content_size: {
    readonly video: string;
    readonly size: string;
    readonly needed: string;
  };
  readonly no_first_frame: Record<never, never>;
  readonly mixed_transfer: {
    readonly video: string;
    readonly is: string;
    readonly other: string;
    readonly others: string;
  };
  readonly unknown_layer: {
    readonly layer: string;
    readonly model: string;
    readonly known: readonly string[];
  };
  readonly wrong_stream: { readonly model: string; readonly stream: string; readonly needed: string };
  readonly octave_too_small: {
    readonly octave: number;
    readonly of: string;
    readonly size: string;
    readonly smallest: number;
    readonly why: string;
  };

  // Match.
  readonly no_null: Record<never, never>;
  readonly match_size: { readonly video: string; readonly size: string; readonly needed: string };
  readonly own_null: { readonly video: string };
  readonly one_frame_of_motion: { readonly video: string };
  readonly too_small_for_model: {
    readonly video: string;
    readonly size: string;
    readonly model: string;
    readonly smallestSide: number;
  };

  // Controls.
  readonly fewer_frames: { readonly video: string; readonly frames: number; readonly wanted: number };
  readonly idle_setting: { readonly when: string };
  readonly fewer_colors: { readonly video: string; readonly frames: number; readonly wanted: number };
  // Features.
  readonly no_own_reference: {
    readonly video: string;
    /** The name of the reference, and its videos. */
    readonly reference: string;
    readonly among: readonly string[];
  };
  readonly wrong_pairs: { readonly condition: string; readonly videos: number; readonly references: number };
  readonly no_blocks: { readonly video: string; readonly size: string; readonly block: string };
  readonly warp_folds: { readonly steps: number; readonly needed: number };
  readonly spectrum_size: {
    readonly video: string;
    readonly size: string;
    readonly other: string;
    readonly needed: string;
  };
  // Models of the user's own.
  readonly unusable_layer: { readonly layer: string; readonly model: string; readonly ops: string };
  readonly no_default_layers: { readonly model: string; readonly known: readonly string[] };
  readonly model_unusable: { readonly file: string; readonly detail: string };
  readonly unknown_tensor: {
    readonly layer: string;
    readonly model: string;
    readonly known: readonly string[];
  };
  readonly layer_unusable: { readonly layer: string; readonly model: string; readonly detail: string };
  readonly too_few_samples: { readonly layer: string; readonly samples: string; readonly found: number };
  readonly labels_length: { readonly file: string; readonly labels: number; readonly classes: number };
  readonly shorter_than_window: {
    readonly video: string;
    readonly frames: number;
    readonly needed: number;
    readonly model: string;
  };
  readonly too_many_patterns: { readonly patterns: number; readonly most: number };
  readonly window_of_model: { readonly model: string; readonly frames: number };
  // Prediction, and similarity of videos.
  readonly too_few_for_context: { readonly video: string; readonly frames: number; readonly context: number };
  readonly no_multiple: { readonly multiple: number; readonly levels: number; readonly found: number };
  readonly unusable_weights: { readonly file: string; readonly detail: string };
  readonly channels_elsewhere: {
    readonly layer: string;
    readonly model: string;
    readonly layout: string;
    readonly shape: string;
    /** From 0. */
    readonly axis: number;
  };
  readonly similarity_size: {
    readonly video: string;
    readonly size: string;
    readonly needed: string;
    readonly reference: string;
    readonly model: string;
  };
  readonly ssim_size: {
    readonly video: string;
    readonly size: string;
    readonly needed: string;
    readonly reference: string;
  };
  readonly ssim_too_small: { readonly video: string; readonly size: string; readonly window: number };
}
