/**
 * What a display may be told.
 * @module
 */
import type { RunEvent } from "../../store/events.ts";

/** Shows a run while it goes on. */
export interface Display extends Disposable {
  show(event: RunEvent): void;
  /** A text for people: a plan, a summary. Programs are spared it. */
  say(text: string): void;
  /** Something for people that goes on: with an instance, or before the run begins. */
  progress(text: string, of?: string): void;
}
