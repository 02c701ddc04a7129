/**
 * Events in words. What takes long is told as progress, which a display may show seldom or overwrite; the rest as news, which stays.
 * @module
 */
import type { EngineIdentityRecord, RunEvent } from "../../store/events.ts";
import { describeHolder } from "../../store/lock.ts";
import type { Display } from "./display.ts";
import { describeResiduals, describeTerms } from "./residuals.ts";

/** An event for people. */
export type Telling = { readonly news: string } | {
  readonly progress: string;
  /** The instance that goes on. */
  readonly of?: string;
};

/** Says an event that is news, or shows it as progress; nothing where people need not know of it. */
export function tellTo(
  event: RunEvent,
  { say, progress }: { readonly say: (text: string) => void; readonly progress: Display["progress"] },
): void {
  const telling = tell(event);
  if (telling === undefined) return;
  if ("news" in telling) say(telling.news);
  else progress(telling.progress, telling.of);
}

/** How many threads, or which device, and float16 where it is that. */
function computedOn({ threads, provider, device, precision }: EngineIdentityRecord): string {
  const onProcessor = ["cpu", "typescript", "node", "wasm"].includes(provider);
  const what = onProcessor ? `${threads} ${threads === 1 ? "thread" : "threads"}` : device;
  return precision === "float16" ? `${what}, float16` : what;
}

/** What to tell of an event; undefined when there is nothing to tell. */
export function tell(event: RunEvent): Telling | undefined {
  const name = event.instance ?? "";
  switch (event.type) {
    case "instance.started":
      return { news: `${name}: started` };
    case "instance.waiting":
      return { news: `${name} is ${describeHolder(event.held_by)}; waiting` };
    case "engine.opened": {
      const { name: engine, version, provider, convolution } = event.engine;
      const convolutions = convolution === "provider"
        ? "its own convolutions"
        : `${convolution} convolutions`;
      return {
        news: `${name}: ${engine} ${version} (${provider}, ${computedOn(event.engine)}, ${convolutions})`,
      };
    }
    case "download":
      return { progress: fetched(event.file, event.bytes, event.of) };
    case "frame.resumed":
      return {
        of: name,
        progress: `${
          frameName(event.frame)
        } goes on after iteration ${event.iteration} of octave ${event.octave}`,
      };
    case "checkpoint.saved":
      return { of: name, progress: `${frameName(event.frame)}, saved` };
    case "preparing":
      return { of: name, progress: `${event.text}, ${event.done} of ${event.of}` };
    case "octave.started":
      return {
        of: name,
        progress: `${frameName(event.frame)}, octave ${event.octave}, ${event.height} x ${event.width}`,
      };
    case "iteration":
      return {
        of: name,
        progress: `${frameName(event.frame)}, octave ${event.octave}, ` +
          `${event.iteration}/${event.iterations}${timeLeft(event)}, ${lossesInWords(event.losses)}`,
      };
    case "octave.finished":
      if (event.ended === "iterations") return undefined;
      return {
        of: name,
        progress: `${frameName(event.frame)}, octave ${event.octave}, ended after ` +
          `${event.iterations}/${event.of}, ${
            event.ended === "residual" ? "residual reached" : "on a plateau"
          }`,
      };
    case "frame.finished":
      return {
        of: name,
        progress: `${frameName(event.frame)} finished in ${duration(event.seconds)}` +
          (event.frame < 0 ? "" : ` (${event.frame + 1} of ${event.of})`) + timeLeft(event) +
          labeled(", residuals: ", describeTerms(event.residuals ?? {}).join(", ")),
      };
    case "instance.finished":
      return {
        news: `${name}: finished in ${duration(event.seconds)}` +
          labeled(`\n${name}: residuals: `, describeResiduals(event.residuals ?? {})),
      };
    case "instance.remade":
      return { news: `${name}: ${describeRemade(event)}` };
    case "instance.failed":
      return { news: `${name}: failed: ${event.text}` };
    case "damaged":
      return { news: `${name}: ${event.path} is damaged; ${event.action}` };
    case "engine.changed":
      return {
        news: `warning: ${name}: from frame ${event.frame} on by ${event.to}; before by ${event.from}`,
      };
    case "warning":
      return { news: `warning: ${event.text}` };
    case "video.encoded":
      return { news: `${name}: wrote ${event.path}` };
    case "contact_sheet.made":
    case "report.made":
      return { news: `wrote ${event.path}` };
    case "run.interrupted":
      return { news: `stopped by ${event.signal}; the same command goes on from here` };
    default:
      return undefined;
  }
}

/** How a result that was made again compares with what was there before. */
export function describeRemade(
  { compared, different, first_different: first }: Pick<
    Extract<RunEvent, { type: "instance.remade" }>,
    "compared" | "different" | "first_different"
  >,
): string {
  if (compared === 0) return "made again; nothing of it was there before to compare";
  if (different === 0) return "made again, with the same bytes as before";
  return `made again, with other bytes than before in ${different} of ${compared} files, from ${first} on`;
}

/** How much of a file is here: "vgg19.h5: 40% of 80.1 MB fetched" */
export function fetched(file: string, bytes: number, of: number): string {
  const share = of === 0 ? 0 : Math.floor(100 * bytes / of);
  return `${file}: ${share}% of ${(of / 1e6).toFixed(1)} MB fetched`;
}

/** "45 s", "3 min", "1 h 20 min", "3 days 4 h" */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = `${Math.floor(hours / 24)} ${hours < 48 ? "day" : "days"}`;
  return hours % 24 === 0 ? days : `${days} ${hours % 24} h`;
}

/** As the files and the workflow's keyframes count: from 0, padding below it. */
function frameName(frame: number): string {
  return frame < 0 ? `padding frame ${frame}` : `frame ${frame}`;
}

/** The text behind its label; nothing for an empty text. */
function labeled(label: string, text: string): string {
  return text === "" ? "" : label + text;
}

function timeLeft(
  { eta_seconds: own, run_eta_seconds: all }: {
    readonly eta_seconds?: number | undefined;
    readonly run_eta_seconds?: number | undefined;
  },
): string {
  if (own === undefined) return "";
  return `, ${duration(own)} left` + (all === undefined ? "" : ` (${duration(all)} of the run)`);
}

/** "spatial_texture 1.23e+4, temporal_texture 0.0123" */
export function lossesInWords(losses: Readonly<Record<string, number>>): string {
  return Object.entries(losses).map(([term, loss]) => `${term} ${threeDigits(loss)}`).join(", ");
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-3 && size < 1e4) ? value.toPrecision(3) : value.toExponential(2);
}
