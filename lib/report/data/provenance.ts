/**
 * By what, when and from what everything was made.
 * @module
 */
import type { Manifest } from "../../store/manifest.ts";
import type { Reported } from "../content.ts";

/** One instance. */
export interface Origin {
  readonly name: string;
  readonly key: string;
  readonly kind: string;
  /** What it was made from, by name. */
  readonly inputs: readonly string[];
  /** Clips and weights, with the beginning of their sha256. */
  readonly sources: readonly string[];
  readonly software: string;
  /** Absent where no engine computed. */
  readonly engine?: string;
  /** Day on which it was finished. */
  readonly finished: string;
  readonly seconds: number;
  readonly commit?: string;
}

/** Of every instance. */
export function origins(instances: readonly Reported[]): readonly Origin[] {
  return instances.map(({ name, finished: { manifest } }) => originOf(name, manifest));
}

function originOf(name: string, manifest: Manifest): Origin {
  const { key, kind, inputs, models, software, sessions, seconds, git, source } = manifest;
  const engines = new Set(
    sessions.flatMap(({ engine, cpu }) =>
      engine === undefined ? [] : [
        `${engine.name} ${engine.version}, ${engine.provider} (${
          engine.provider === "cpu" ? cpu : engine.device
        }), ${engine.threads} threads, ${engine.precision}`,
      ]
    ),
  );
  const versions = [
    `Metamer ${software.metamer}`,
    `Deno ${software.deno}`,
    ...(software.ffmpeg === undefined ? [] : [`ffmpeg ${software.ffmpeg}`]),
  ];
  return {
    name,
    key,
    kind,
    inputs: [...new Set(inputs.map((input) => input.name))],
    sources: [
      ...new Set([
        ...inputs.flatMap(({ file, sha256 }) =>
          file === undefined ? [] : [`${file} (${beginning(sha256 ?? "")})`]
        ),
        ...digestsOf(source).map((sha256) => `file ${beginning(sha256)}`),
        ...models.map(({ name, sha256, official }) =>
          `${name} (${beginning(sha256)}${official ? "" : ", not known to be the published weights"})`
        ),
      ]),
    ],
    software: versions.join(", "),
    ...(engines.size > 0 && { engine: [...engines].join("; ") }),
    finished: sessions.at(-1)?.ended.slice(0, 10) ?? "",
    seconds,
    ...(git && { commit: `${git.commit.slice(0, 12)}${git.dirty === true ? ", file changed since" : ""}` }),
  };
}

function digestsOf(source: Manifest["source"]): readonly string[] {
  if (typeof source !== "object" || source === null || !("digests" in source)) return [];
  const { digests } = source;
  if (typeof digests !== "object" || digests === null) return [];
  return Object.values(digests).filter((digest) => typeof digest === "string");
}

function beginning(sha256: string): string {
  return `sha256 ${sha256.slice(0, 12)}`;
}

/** Whether what is shown was registered before it was made. */
export interface Registration {
  readonly text: string;
  /** How what was run departs from what was registered, in sentences. */
  readonly deviations: readonly string[];
}

/** "as registered" only where all of it is. */
export function registrationOf(instances: readonly Reported[]): Registration {
  const frozen = instances.map(({ finished: { manifest } }) => manifest.frozen);
  const hashes = [...new Set(frozen.flatMap((one) => one?.hash ?? []))];
  const deviations = [...new Set(frozen.flatMap((one) => one?.deviations ?? []))];
  const [hash] = hashes;
  if (hash === undefined) return { text: "not registered", deviations };
  const unregistered = frozen.filter((one) => one === undefined).length;
  if (hashes.length > 1) return { text: "from several registrations", deviations };
  if (unregistered > 0) {
    return {
      text: `registered (${hash.slice(0, 16)}), but for ${unregistered} of ${frozen.length} instances`,
      deviations,
    };
  }
  return deviations.length === 0
    ? { text: `as registered (${hash.slice(0, 16)})`, deviations }
    : { text: `registered (${hash.slice(0, 16)}), with deviations`, deviations };
}
