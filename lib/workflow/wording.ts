/**
 * The small change of problem sentences: lists, counts, values as they are shown, and "did you mean".
 * @module
 */

/** What a value was expected to be, by the words that schemas use for it. */
const expectations = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
  keyframes: "a number, or a map from frame to number such as { 0: 1, 59: 0 }",
  name: "a name",
  path: "a file's path",
  names: "a name or a list of names",
  condition: "a name, or a map from a label to names",
  block: "a number of pixels, or a map such as { height: 32, width: 32 }",
  target: "a video's name, a list of { video, share }, or a map with video or mixture",
  mixture_item: "a video's name, or a map with video, share and length",
  layers: "default, all, a list of layers, or a map from layer to weight",
  model_layers: "a layer's name, a list of such, or a map such as { early: maxpool, late: layer4.2.relu_2 }",
  octaves: "paper, fast, preview, authors_script, or a map with steps",
  padding: "a number of frames, or a map with frames and order",
  optimizer: "descent, adam, lbfgs, or a map such as { descent: { normalize_gradient: false } }",
  normalize_gradient: "true, false or per_channel",
  color_transfer: "a video's name, none, or a map with video and variant",
  transfer: "srgb, linear, or a map { gamma: 2.2 }",
  fps: 'a number, or a fraction such as "60000/1001"',
  generate: "dead_leaves, grating, noise, or a map such as { dead_leaves: { seed: 1 } }",
  version: "1, the version of the language that this program reads",
  checkpoint_every: "a number of seconds, or off",
  slurm_name: "a name without spaces, as Slurm has it",
  slurm_time: "a number of minutes, or a time such as 12h, 90m, 2d or 1-12:00:00",
  slurm_gpus: "a number, or a kind and a number such as a100:1",
  slurm_memory: "a size such as 8G or 500M",
  slurm_option:
    "a long option of sbatch such as --constraint=a100, and none by which Metamer itself tells Slurm about jobs",
  matrix_values: "a list of values, a map of named values, or a clip table's name",
} as const;

/** A key of the table above. */
export type Expectation = keyof typeof expectations;

/** The words for what was expected. */
export function expectation(name: Expectation): string {
  return expectations[name];
}

/** True for a key of the table of expectations. */
export function isExpectation(name: string): name is Expectation {
  return Object.hasOwn(expectations, name);
}

/** `"text"`, with quotes and escapes: also of what can't be seen. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 240 ? `${text.slice(0, 237)}...` : text).replace(
    unseen,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** Characters that can't be seen, or that look like a space and are none. */
const unseen = /(?! )[\p{Cf}\p{Zs}\p{Zl}\p{Zp}]/gu;

/** The first of them in a text, with its place. */
export function unseenIn(text: string): { readonly character: string; readonly index: number } | undefined {
  const [match] = text.matchAll(unseen);
  return match && { character: match[0], index: match.index };
}

/** U+00A0 */
export function codeOf(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A value as a sentence shows it. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string") return quoted(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  return String(value);
}

/** "1 frame", "2 frames"; "2 classes" with the ending "es". */
export function count(number: number, noun: string, ending = "s"): string {
  return `${number} ${noun}${number === 1 ? "" : ending}`;
}

/** "a, b and c"; long lists are cut. */
export function listed(items: readonly string[]): string {
  return joined(items, "and");
}

/** "a, b or c". */
export function alternatives(items: readonly string[]): string {
  return joined(items, "or");
}

function joined(items: readonly string[], word: string): string {
  const most = 24;
  if (items.length > most) return `${items.slice(0, most).join(", ")} ${word} ${items.length - most} more`;
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${word} ${items[items.length - 1]}`;
}

/** `; did you mean "x"?` when one of the known words is near. */
export function suggestion(found: unknown, known: readonly string[], prefix = ""): string {
  if (typeof found !== "string") return "";
  const near = nearest(found, known);
  if (near === undefined) return "";
  const foreign = [...found].find((letter) => letter.charCodeAt(0) > 127 && !near.includes(letter));
  const alike = foreign === undefined ? "" : ` (${quoted(foreign)} is ${codeOf(foreign)})`;
  return `; did you mean ${quoted(prefix + near)}?${alike}`;
}

/** The same for a file's path and the names in its folder, where a single longer name is meant, too. */
export function fileSuggestion(path: string, known: readonly string[]): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  const stem = name.replace(/\.[^.]*$/, "").toLowerCase();
  const longer = known.filter((other) => other.toLowerCase().startsWith(stem));
  const [only] = longer;
  return only !== undefined && longer.length === 1
    ? `; did you mean ${quoted(only)}?`
    : suggestion(name, known);
}

/** The known word nearest to a misspelled one, if it is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(lower, name.toLowerCase());
    const most = Math.max(1, Math.floor(Math.max(word.length, name.length) / 3));
    if (distance <= most && (best === undefined || distance < best.distance)) best = { name, distance };
  }
  return best?.name;
}

/** Insertions, deletions, replacements and swaps of neighbors that lead from one word to the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  const value = row[index];
  if (value === undefined) throw new Error(`no distance at ${index} of ${row.length}`);
  return value;
}
