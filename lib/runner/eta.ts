/**
 * What says when an instance will be finished.
 * @module
 */
import type { Measurement } from "../plan/estimate.ts";
import type { EventBody } from "../store/events.ts";

/** Follows the events of an instance. */
export interface Eta {
  /** Takes the stage's events as they come; returns the seconds that are left, or undefined while that cannot be said. */
  after(event: EventBody): number | undefined;
  /** What this session has measured, for later plans. */
  measured(): readonly Measurement[];
}
