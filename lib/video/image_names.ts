/**
 * Names of images that make a sequence: their order, and what is missing among them.
 * @module
 */

/** The names of images that are written here: 000000.png, 000001.png ... They sort in the order of the frames. */
export const exportedImageName = /^\d{6}\.png$/;

/** A name in pieces: even ones are text, odd ones numbers. */
function pieces(name: string): readonly string[] {
  return name.split(/(\d+)/);
}

/** Numbers within names count as numbers: frame2 stands before frame10. The same on every machine. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [one = "", other = ""] = [left[i], right[i]];
    const order = i % 2 === 1 ? compareNumbers(one, other) : compareTexts(one, other);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareTexts(a, b);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Digits of any length. */
function compareNumbers(a: string, b: string): number {
  const [one, other] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return one.length - other.length || compareTexts(one, other);
}

/** Where a numbered sequence has a hole. */
export interface Gap {
  readonly before: string;
  readonly after: string;
  readonly missing: string;
}

/**
 * The first hole among sorted names that differ in their last number alone: the numbers rise by the smallest of their
 * steps, so every tenth frame of a clip has no holes. Undefined where there is none, and for other names.
 */
export function firstGap(names: readonly string[]): Gap | undefined {
  const numbered = names.map((name) => {
    const [, before = "", digits = "", after = ""] = name.match(/^(.*?)(\d+)(\D*)$/) ?? [];
    return { rest: `${before}\n${after}`, before, digits, after, number: Number(digits) };
  });
  const [first] = numbered;
  if (first === undefined || numbered.some(({ rest, digits }) => rest !== first.rest || digits === "")) {
    return undefined;
  }
  const steps = numbered.slice(1).map(({ number }, index) => number - (numbered[index]?.number ?? 0));
  const step = Math.min(...steps);
  const at = steps.findIndex((length) => length > step);
  const last = numbered[at];
  if (at < 0 || last === undefined || !(step > 0)) return undefined;
  const digits = String(last.number + step).padStart(last.digits.length, "0");
  return {
    before: names[at] ?? "",
    after: names[at + 1] ?? "",
    missing: `${last.before}${digits}${last.after}`,
  };
}
