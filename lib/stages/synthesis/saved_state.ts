/**
 * The state inside a frame, in and out of the store.
 * @module
 */
import type { EngineIdentity } from "../../engines/engine.ts";
import type { Frame } from "../../frames/frame.ts";
import type { Checkpoints, StageContext } from "../../plan/stage_kind.ts";
import { sha256OfBytes } from "../../store/checksum.ts";
import { findState } from "../../store/saved_states.ts";
import { octaveSize } from "../../synthesis/octaves.ts";
import {
  decodeState,
  encodeState,
  type StateBasis,
  type StateOrigin,
  type TransitionState,
} from "../../synthesis/state.ts";
import type { TransitionInput } from "../../synthesis/transition.ts";

/** Writes the state of the frame that `input` describes durably. */
export async function keepState(
  checkpoints: Checkpoints,
  state: TransitionState,
  input: TransitionInput,
  engine: EngineIdentity,
): Promise<void> {
  const { frame, iteration } = state;
  const place = { frame, octave: octaveAt(input, state), iteration };
  await checkpoints.save(place, () => encodeState(state, basisOf(input), originOf(engine)));
}

/**
 * The state from which the frame can go on; undefined when there is none, or it is damaged, of another version, of
 * another frame, or was made from a frame before it that has other bytes now. Warns of damage, and when something else
 * computed the state: the frame will not be bit-identical to an unbroken run's.
 */
export async function savedState(
  { store, emit }: Pick<StageContext, "store" | "emit">,
  input: TransitionInput,
  engine: EngineIdentity,
): Promise<TransitionState | undefined> {
  const basis = basisOf(input);
  const { state: found, damage } = await findState(store, decodeState, ({ state, origin, basis: then }) => {
    const whole = withEnds(state, input);
    return belongs(then, basis) && fits(whole, input) ? { state: whole, origin } : undefined;
  });
  const where = `frame ${input.frame}`;
  if (damage !== undefined) {
    const goesOn = found && `goes on from the checkpoint before it, after ${placeText(input, found.state)}`;
    emit({
      type: "warning",
      code: "damaged_state",
      text: `${damage}: ${where} ${goesOn ?? "is made anew"}`,
      where,
    });
  }
  if (found === undefined) return undefined;
  const [then, now] = [originText(found.origin), originText(originOf(engine))];
  if (then !== now) {
    emit({
      type: "warning",
      code: "resumed_elsewhere",
      text: `the frame was begun with ${then} and goes on with ${now}: ` +
        "its bytes may differ from those of a run without a break",
      where,
    });
  }
  const { state } = found;
  emit({
    type: "frame.resumed",
    frame: state.frame,
    octave: octaveAt(input, state),
    iteration: state.iteration,
  });
  return state;
}

/** The octave as the schedule calls it. */
function octaveAt({ octaves }: TransitionInput, { octaveIndex }: TransitionState): number {
  const step = octaves[octaveIndex];
  if (step === undefined) throw new Error(`a state at position ${octaveIndex} of ${octaves.length} octaves`);
  return step.octave;
}

function placeText(input: TransitionInput, state: TransitionState): string {
  return `iteration ${state.iteration} of octave ${octaveAt(input, state)}`;
}

/** States that are older than `stop` do not say how the octaves before ended, which then did all of their iterations. */
function withEnds(state: TransitionState, { octaves, stop }: TransitionInput): TransitionState {
  if (state.earlier.length > 0 || stop !== undefined) return state;
  const before = octaves.slice(0, state.octaveIndex);
  return {
    ...state,
    earlier: before.map(({ octave, iterations }) => (
      { octave, iterations, of: iterations, ended: "iterations" }
    )),
  };
}

function belongs(then: StateBasis, now: StateBasis): boolean {
  return then.previous === now.previous && then.sizes.length === now.sizes.length &&
    now.sizes.every(({ height, width }, index) => {
      const size = then.sizes[index];
      return size?.height === height && size.width === width;
    });
}

function fits(
  { frame, octaveIndex, iteration, moving, optimizer, earlier }: TransitionState,
  input: TransitionInput,
): boolean {
  const step = input.octaves[octaveIndex];
  if (step === undefined || frame !== input.frame || optimizer.name !== input.optimizer.name) return false;
  if (earlier.length !== octaveIndex) return false;
  const { height, width } = octaveSize(input.size, step);
  return moving.height === height && moving.width === width && iteration <= step.iterations;
}

function basisOf({ previous, octaves, size }: TransitionInput): StateBasis {
  return {
    ...(previous !== undefined && { previous: sha256OfValues(previous) }),
    sizes: octaves.map((step) => octaveSize(size, step)),
  };
}

function sha256OfValues({ data: { buffer, byteOffset, byteLength } }: Frame): string {
  return sha256OfBytes(new Uint8Array(buffer, byteOffset, byteLength));
}

function originOf(
  { name, version, provider, device, threads, convolution, arithmetic }: EngineIdentity,
): StateOrigin {
  return { engine: `${name} ${version} ${provider} ${device}`, threads, convolution, arithmetic };
}

function originText({ engine, threads, convolution, arithmetic }: StateOrigin): string {
  return `${engine}, ${threads} threads, ${convolution} convolutions, arithmetic ${arithmetic}`;
}
