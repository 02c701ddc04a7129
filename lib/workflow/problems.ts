/**
 * The sentence of every problem that a workflow can have. All wording stands here.
 * @module
 */
import type { ProblemFacts } from "./problem_facts.ts";
import { longestName } from "./name_pattern.ts";
import { keyRemedy, pathRemedy, writeFrames } from "./remedies.ts";
import {
  alternatives,
  codeOf,
  count,
  expectation,
  fileSuggestion,
  listed,
  quoted,
  show,
  suggestion,
} from "./wording.ts";

/** The name of a problem: what tests and programs look at instead of words. */
export type ProblemCode = keyof ProblemFacts;

/** A problem as data; its sentence is made by `describeProblem`. */
export type ProblemFact<Code extends ProblemCode = ProblemCode> = {
  readonly [C in Code]: { readonly code: C } & ProblemFacts[C];
}[Code];

/**
 * The sentence of each problem. `subject` is where the value stands, in the language's words: `octaves.steps[1].iterations`.
 */
const sentences: { readonly [C in ProblemCode]: (fact: ProblemFacts[C], subject: string) => string } = {
  file_missing: ({ file, path = file, known = [] }) =>
    `there is no file ${quoted(file)}${path === file ? "" : ` (${path})`}${
      pathRemedy(file) ?? fileSuggestion(file, known)
    }`,
  file_unreadable: ({ file, detail }) => `${quoted(file)} can't be read: ${detail}`,
  text_too_large: ({ bytes, most }) =>
    `the file has ${mebibytes(bytes)}; at most ${
      mebibytes(most)
    } are read, and a workflow or clip table has far less: is it another file?`,
  not_utf8: ({ found }) => `the file is ${found}; save it as plain text in UTF-8`,
  empty_file: () => "the file is empty; a workflow starts with metamer: 1",
  merge_conflict: () =>
    "this is a marker that git left for a merge conflict; choose one of the two versions and remove the markers",
  yaml_syntax: ({ detail }) => `this is not valid YAML: ${detail}`,
  yaml_escape: ({ escape }) =>
    `in double quotes ${escape} is not a letter but an unknown escape; in a path, use / or single quotes`,
  yaml_directive: () => "directives are not part of the workflow language; remove this line",
  odd_character: ({ character }) =>
    `here is ${codeOf(character)}, which can't be seen or only looks like a space; replace it by a space`,
  no_colon: () => "a key needs a colon and a space after it, as in frames: 12",
  key_too_long: () => "this key is longer than any in the language; is a line break missing?",
  second_colon: () =>
    "a second colon in one line, or a line that is indented too far; put text with a colon in quotes",
  not_closed: ({ missing }) => `a closing ${missing} is missing before this`,
  tab_indent: () => "a tab can't indent YAML; use spaces",
  several_documents: () => "a workflow is one YAML document; a second one starts here",
  duplicate_key: ({ key }) => `${quoted(key)} stands twice in this map; keep one`,
  key_not_a_name: () => "a key must be a word or a number",
  unknown_alias: ({ alias }) => `*${alias} has no anchor &${alias} before it`,
  cyclic_alias: ({ alias }) => `*${alias} stands inside &${alias} itself`,
  too_many_aliases: () => "the aliases of this file repeat more than 10000 values; write what they stand for",
  nested_too_deeply: () => "maps and lists are nested too deeply here",
  yaml_tag: ({ tag }) => `the tag ${tag} is not part of the workflow language; write the plain value`,
  not_a_map: ({ found, example }, subject) =>
    `${subject} must be a map of keys and values${example === undefined ? "" : ` such as ${example}`}, got ${
      show(found)
    }`,

  extends_cycle: ({ files }) => `the files extend each other in a circle: ${files.join(" -> ")}`,
  option_without_value: ({ option }) => `${option} has no value; write --set path=value`,
  option_path: ({ option }) => `${option} needs a path of names joined by dots, as in stages.metamer.seed=2`,
  option_extends: () =>
    "extends can't be set: options are laid over files that were read already; write it into a file",
  option_into_value: ({ key, path, found }) =>
    `${path} is ${show(found)} here, so there is no ${quoted(key)} in it to set; set ${path} as a whole`,
  option_index: ({ index, path, length }) =>
    `${path} is a list of ${count(length, "item")}: ${quoted(index)} must be a number from 0 to ${
      length - 1
    }`,

  missing_version: () => "the language version is missing; write metamer: 1 at the top",
  wrong_version: ({ found }) =>
    `metamer must be 1, the version of the language that this program reads, got ${show(found)}`,
  no_stages: () => "there is nothing to do: the workflow has no stages",
  bad_name: ({ name }) =>
    name.length > longestName
      ? `${show(name)} is too long for a name; names have at most ${longestName} characters`
      : `${quoted(name)} can't be a name; names start with a letter and go on with letters, digits, _ and -`,
  reserved_name: ({ name }) => `${quoted(name)} is a word of the language; choose another name`,
  name_taken: ({ name, by }) =>
    `${quoted(name)} is already the name of ${by}; videos, stages and models share their names`,
  missing_kind: ({ stage, known }) => `stage ${stage} has no kind; write kind: ${alternatives(known)}`,
  unknown_kind: ({ kind, known }) =>
    `there is no kind ${quoted(kind)}; there is ${listed(known)}${suggestion(kind, known)}`,

  matrix_value: ({ variable, found }) =>
    `a value of ${variable} must be a word or a number, got ${
      show(found)
    }; give such values names: ${variable}: { name: value }`,
  matrix_empty: ({ variable }) => `${variable} has no values`,
  matrix_repeated: ({ variable, value }) => `${variable} has the value ${value} twice`,
  matrix_too_large: ({ instances, most }) =>
    `the matrix makes ${
      instances > 1e6 ? "more than a million" : instances
    } instances; at most ${most} are possible`,
  unknown_group: ({ name, known }) =>
    known.length === 0
      ? `${quoted(name)} is not a clip table; write a list of values, or a map of named values`
      : `${quoted(name)} is not a clip table or one of its groups; there is ${listed(known)}${
        suggestion(name, known)
      }`,
  idle_variable: ({ variable }) =>
    `matrix variable ${variable} changes nothing: no setting says $${variable}; write $${variable} in the place of a value (as in seed: $seed), or leave ${variable} out`,
  unknown_variable: ({ variable, known }) =>
    known.length === 0
      ? `$${variable} is not known: this stage has no matrix`
      : `$${variable} is not a variable of this stage's matrix; it has ${
        listed(known.map((name) => `$${name}`))
      }${suggestion(variable, known, "$")}`,
  variable_in_text: ({ text, variable }) =>
    `$${variable} must be the whole value; it can't be a part of ${quoted(text)}`,
  variable_outside_matrix: ({ text }) =>
    `${text} has no meaning here; variables belong into stages with a matrix`,
  unknown_reference: ({ name, wants, known }) =>
    known.length === 0
      ? `there is no ${wants} ${quoted(name)}`
      : `there is no ${wants} ${quoted(name)}; there is ${listed(known)}${suggestion(name, known)}`,
  unused_video: ({ name, known }) => {
    const [only, ...others] = known;
    const meant = only === undefined
      ? ""
      : others.length === 0
      ? `; did you mean ${quoted(only)}?`
      : `; there is ${listed(known)}${suggestion(name, known)}`;
    return `no stage uses a video ${quoted(name)}${meant}`;
  },
  removed_reference: ({ name, where }) => `${quoted(name)} has no value at ${where}, and was removed by that`,
  wrong_reference: ({ name, is, wants }) => `${quoted(name)} is ${is}; a ${wants} is needed here`,
  several_instances: ({ name, instances }) =>
    `one video is wanted, but ${name} has ${instances.length} instances here: ${
      listed(instances)
    }; a variable of this stage's matrix with the same name chooses among them`,
  no_instance: ({ name, of }) => `no instance of ${name} has the same values as ${of}`,
  reference_cycle: ({ names }) => `the stages need each other in a circle: ${names.join(" -> ")}`,

  required: ({ key }, subject) => subject === "" ? `${key} is missing` : `${subject} needs ${key}`,
  unknown_key: ({ key, known }, subject) =>
    `${subject === "" ? "the workflow" : subject} has no key ${quoted(key)}${
      keyRemedy(key) ?? (suggestion(key, known) || `; keys are ${listed(known)}`)
    }`,
  wrong_type: ({ expected, found, words = [] }, subject) =>
    `${subject} must be ${expectation(expected)}, got ${show(found)}${suggestion(found, words)}`,
  not_one_of: ({ allowed, found }, subject) =>
    `${subject} must be ${alternatives(allowed.map(String))}, got ${show(found)}${
      suggestion(found, allowed.map(String))
    }`,
  too_small: ({ minimum, inclusive, found }, subject) =>
    `${subject} must be ${
      minimum === 0
        ? (inclusive ? "0 or more" : "positive")
        : `${inclusive ? "at least" : "more than"} ${minimum}`
    }, got ${show(found)}`,
  too_large: ({ maximum, inclusive, found }, subject) =>
    `${subject} must be ${inclusive ? "at most" : "less than"} ${maximum}, got ${show(found)}`,
  too_few_items: ({ needed }, subject) => `${subject} needs at least ${count(needed, "item")}`,
  address: ({ found }, subject) =>
    `${subject} must be a file on this machine, got the address ${
      show(found)
    }; download it and write where it lies`,
  control_character: (_, subject) => `${subject} has a character in it that no file's name can have`,
  not_a_frame: ({ key }, subject) =>
    `${subject} has the key ${quoted(key)}; keyframes are counted 0, 1, 2 ...`,
  no_keyframes: (_, subject) => `${subject} has no keyframes; write a number or { 0: 1, 59: 0 }`,
  exactly_one: ({ keys, found }, subject) =>
    found.length === 0
      ? `${subject} needs one of ${alternatives(keys)}`
      : `${subject} has ${listed(found)}; choose one of ${listed(keys)}`,
  not_together: ({ other }, subject) => `${subject} can't stand beside ${other}`,
  repeated: ({ value }, subject) => `${subject} has ${quoted(value)} twice`,
  no_share: (_, subject) => `${subject} needs a share above 0 in at least one video`,
  no_share_at: ({ frame }, subject) =>
    `${subject} needs a share above 0 in at least one video at every frame; at frame ${frame} all are 0`,
  no_iterations_at: ({ frame }, subject) =>
    `${subject} needs iterations at one octave at least for every frame; frame ${frame} has 0 at all of them`,

  table_syntax: ({ detail }) => `the clip table can't be read: ${detail}`,
  table_empty: () => "the clip table has no rows",
  table_separator: ({ separator }) =>
    `the columns are separated by ${
      separator === "\t" ? "tabs" : quoted(separator)
    }; they must be separated by commas: in a spreadsheet, save as "CSV (comma delimited)"`,
  table_column_missing: ({ column }) => `the clip table has no column ${quoted(column)}`,
  table_column_unknown: ({ column, known }) =>
    `a clip table has no column ${quoted(column)}; columns are ${listed(known)}${suggestion(column, known)}`,
  table_column_repeated: ({ column }) => `the column ${quoted(column)} stands twice in the clip table`,
  table_cell_missing: ({ column }) => `this row has no ${column}`,
  table_number: ({ column, found }) => `${column} must be a whole number, got ${quoted(found)}`,
  table_row_length: ({ cells, columns }) =>
    `this row has ${count(cells, "cell")}, the first line has ${count(columns, "column")}`,

  not_a_video: ({ file, detail }) => `${quoted(file)} can't be read as a video: ${detail}`,
  beyond_the_end: ({ file, frames, start, wanted, step, needed, most, setting }, subject) =>
    `${quoted(file)} has ${count(frames, "frame")}; start ${start} + ${count(wanted, "frame")}${
      step === 1 ? "" : ` in steps of ${step}`
    } need ${needed}; ${
      most === 0 || (subject === "start" && needed - start <= frames)
        ? `write start: ${needed - start <= frames ? frames - (needed - start) : frames - 1} or less`
        : writeFrames(most, setting)
    }`,
  cut_short: ({ file, frames, most, setting }) =>
    `${quoted(file)} is cut short: it breaks off after ${
      count(frames, "frame")
    }; get the whole file, or use what is there: ${writeFrames(most, setting)}`,
  unlikely_rate: ({ file, rate }) =>
    `${
      quoted(file)
    } says that it has ${rate} frames per second; write the rate at which it is to be shown, as in fps: 25`,
  fps_of_file: ({ file }) =>
    `${quoted(file)} carries its own frame rate; fps is for files that carry none; leave it out`,

  pattern_in_folder: ({ file }) =>
    `${quoted(file)} has a pattern in a folder's name; *, ? and [ ] may stand in the last name alone`,
  no_images: ({ file }) =>
    `there is no image at ${quoted(file)}; write a folder of images, or a pattern such as frames/*.png`,
  image_kinds: ({ file, first, other }) =>
    `${
      quoted(file)
    } has images of several kinds, ${first} and ${other}; write a pattern that means one of them`,
  image_missing: ({ file, before, after, missing }) =>
    `between ${before} and ${after} of ${quoted(file)} an image is missing, ${missing} or more`,
  image_differs: ({ file, is, first, needed }) =>
    `${quoted(file)} is ${is}; the images of a sequence must all be as the first one, ${first}: ${needed}`,

  octave_needs: ({ keys, known }, subject) =>
    `${subject} needs ${listed(keys)}: the paper has values only for octaves ${listed(known.map(String))}`,
  no_rule: ({ rules }, subject) => `${subject} needs a rule: ${alternatives(rules)}`,
  no_target: () =>
    "targets needs at least one of spatial_content, spatial_texture, temporal_content, temporal_texture",
  too_few_frames: ({ video, frames, needed, padding }) =>
    `${video} has ${count(frames, "frame")}; ${
      padding === undefined
        ? `a synthesis of ${needed} frames needs ${needed}; make fewer with --frames ${frames}`
        : `padding ${padding} needs ${needed}; write padding: ${frames - 1} or less`
    }, or lengthen ${video} (frames: ${needed})`,
  frames_unknown: () => "frames is needed: no target with length: strict says how many there are",
  content_length: ({ term }) =>
    `${term} can't take a length other than strict: content is matched frame by frame`,
  content_size: ({ video, size, needed }) =>
    `${video} is ${size}; a content target must have the stage's size, ${needed} (height x width); set its height and width`,
  no_first_frame: () =>
    "with padding 0 the first frame is made by the spatial terms alone, and there are none; give padding frames or a spatial target",
  mixed_transfer: ({ video, is, other, others }) =>
    `${video} has values of transfer: ${is}, ${other} of transfer: ${others}; the videos of a stage must have the same`,
  unknown_layer: ({ layer, model, known }) =>
    `${model} has no layer ${quoted(layer)}; layers are ${listed(known)}${suggestion(layer, known)}`,
  wrong_stream: ({ model, stream, needed }) =>
    `${model} is a ${stream} model; a ${needed} one is needed here`,
  octave_too_small: ({ octave, of, size, smallest, why }) =>
    `at octave ${octave} ${of} is ${size}; ${why} needs at least ${smallest} x ${smallest}: ${
      octave === 0 ? "" : `leave octave ${octave} out, or `
    }take a larger size`,

  no_null: () =>
    "a match needs frames that are no match to compare with: clips in null, or shifted or scrambled above 0",
  match_size: ({ video, size, needed }) =>
    `${video} is ${size}; content is compared place by place, so it must be ${needed} (height x width)`,
  own_null: ({ video }) => `${video} is what is judged; it can't stand for what is no match`,
  one_frame_of_motion: ({ video }) =>
    `${video} has 1 frame; temporal terms compare a frame and the one before it, so 2 are needed`,
  too_small_for_model: ({ video, size, model, smallestSide }) =>
    `${video} is ${size}; ${model} needs at least ${smallestSide} x ${smallestSide}`,

  fewer_frames: ({ video, frames, wanted }) =>
    `${video} has ${
      count(frames, "frame")
    }, and ${wanted} are wanted; write ${frames} or less, or lengthen it`,
  idle_setting: ({ when }, subject) => `${subject} changes nothing with ${when}; leave it out`,
  fewer_colors: ({ video, frames, wanted }) =>
    `${video} has ${
      count(frames, "frame")
    }; ${wanted} are made, and each takes the colors of one: write frames: ${frames} or less, or lengthen ${video}`,
  no_own_reference: ({ video, reference, among }) =>
    `${reference} is ${listed(among)}, and nothing says which of them ${video} is to be compared with; ` +
    "give the stage a matrix over the clips, or say it in pairs",
  wrong_pairs: ({ condition, videos, references }) =>
    `${condition} has ${count(videos, "video")}, and the reference ${references}; ` +
    `write a list of ${count(videos, "number")} from 1 to ${references}`,
  no_blocks: ({ video, size, block }) =>
    `no two blocks of ${block} fit into ${video}, which is ${size} (height x width, frames): nothing would change; take smaller ones`,
  warp_folds: ({ steps, needed }) =>
    `in ${
      count(steps, "step")
    } the warp may fold the picture; at least ${needed} make sure that it does not: leave steps out, or take a smaller amount`,
  spectrum_size: ({ video, size, other, needed }) =>
    `${video} is ${size}, ${other} ${needed} (height x width); videos whose spectra are equalized must have one size: set height and width`,
  unusable_layer: ({ layer, model, ops }) =>
    `${model} can't be followed as far as ${quoted(layer)}: ${
      ops === "" ? "shapes do not fit frames of any size" : `unsupported ops: ${ops}`
    }`,
  no_default_layers: ({ model, known }) =>
    `${model} names no layers in its JSON; write layers here, or there: its tensors are ${listed(known)}`,
  model_unusable: ({ file, detail }) => `${quoted(file)} can't be used as a model: ${detail}`,
  unknown_tensor: ({ layer, model, known }) =>
    `${model} has no layer ${quoted(layer)}; layers are ${listed(known)}${suggestion(layer, known)}`,
  layer_unusable: ({ layer, model, detail }) =>
    `${quoted(layer)} of ${model} can't be looked into: ${detail}`,
  too_few_samples: ({ layer, samples, found }) =>
    `${layer} has ${found} of ${samples} in a window, and CKA compares 2 or more: choose other samples, or a longer window`,
  labels_length: ({ file, labels, classes }) =>
    `${file} tells ${
      count(classes, "class", "es")
    } apart, and its JSON names ${labels}: the labels are those of another model`,
  shorter_than_window: ({ video, frames, needed, model }) =>
    `${video} has ${count(frames, "frame")}; ${model} needs ${needed} for one number`,
  too_many_patterns: ({ patterns, most }) =>
    `${patterns} frames would be compared with one another; at most ${most} are: write step: ${
      Math.ceil(patterns / most)
    }`,
  window_of_model: ({ model, frames }) =>
    `${model} sees ${frames} frames at a time, as its JSON says: write window: ${frames}, or leave it out`,
  too_few_for_context: ({ video, frames, context }) =>
    `${video} has ${frames} ${
      frames === 1 ? "frame" : "frames"
    }; to predict a frame from ${context} before it takes ${context + 1}`,
  no_multiple: ({ multiple, levels, found }) =>
    `${found} is no multiple of ${multiple}, and each of the network's ${levels} levels is half as large as the one below`,
  unusable_weights: ({ file, detail }) =>
    `${quoted(file)} can't be used as the weights of a PredNet: ${detail}`,
  channels_elsewhere: ({ layer, model, layout, shape, axis }) =>
    `${layer} is [${shape}] with its channels at place ${
      axis + 1
    }, where a layer of a ${layout} model has others: take a layer of ${model} before or behind, whose axes are in the input's order`,
  similarity_size: ({ video, size, needed, reference, model }) =>
    `${video} is ${size}, and ${model} sees frames at their own size; its layers are compared place by place with those of ${reference}, so it must be ${needed} (height x width)`,
  ssim_size: ({ video, size, needed, reference }) =>
    `${video} is ${size}; it is compared place by place with ${reference}, so it must be ${needed} (height x width)`,
  ssim_too_small: ({ video, size, window }) =>
    `${video} is ${size}; the window of this form of SSIM is ${window} x ${window}`,
};

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/**
 * The sentence for a problem, without its position.
 * @param subject where the value stands in its stage, in the language's words; "" for the workflow itself
 */
export function describeProblem<Code extends ProblemCode>(fact: ProblemFact<Code>, subject = ""): string {
  const sentence: (fact: ProblemFacts[Code], subject: string) => string = sentences[fact.code];
  return sentence(fact, subject);
}

/** True when a value from elsewhere (a zod issue's parameters) is one of our problems. */
export function isProblemFact(value: unknown): value is ProblemFact {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string" &&
    Object.hasOwn(sentences, value.code);
}
