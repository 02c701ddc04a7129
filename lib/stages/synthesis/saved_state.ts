/**
 * The state inside a frame, in and out of the store.
 * @module
 */
import type { EngineIdentity } from "../../engines/engine.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import type { StageStore } from "../../store/stage_store.ts";
import { octaveSize } from "../../synthesis/octaves.ts";
import { decodeState, encodeState, type StateOrigin, type TransitionState } from "../../synthesis/state.ts";
import type { TransitionInput } from "../../synthesis/transition.ts";

/** Writes the state durably. */
export async function keepState(
  store: StageStore,
  state: TransitionState,
  engine: EngineIdentity,
): Promise<void> {
  await store.writeState(encodeState(state, originOf(engine)));
}

/**
 * The state from which the frame can go on; undefined when there is none, or it is damaged, of another version or
 * of another frame. Warns when something else computed it: the frame will not be bit-identical to an unbroken run's.
 */
export async function savedState(
  { store, emit }: StageContext,
  input: TransitionInput,
  engine: EngineIdentity,
): Promise<TransitionState | undefined> {
  for (const bytes of [await store.readState(), await store.readPreviousState()]) {
    const found = bytes && decodeState(bytes);
    if (found === undefined || !fits(found.state, input)) continue;
    const [then, now] = [found.origin, originOf(engine)];
    if (then.engine !== now.engine || then.threads !== now.threads) {
      emit({
        type: "warning",
        code: "resumed_elsewhere",
        text: `the frame was begun with ${originText(then)} and goes on with ${originText(now)}: ` +
          "its bytes may differ from those of a run without a break",
        where: `frame ${input.frame}`,
      });
    }
    return found.state;
  }
  return undefined;
}

function fits(state: TransitionState, { frame, octaves, size, optimizer }: TransitionInput): boolean {
  const step = octaves[state.octaveIndex];
  if (step === undefined || state.frame !== frame || state.optimizer.name !== optimizer.name) return false;
  const { height, width } = octaveSize(size, step);
  const { moving, iteration } = state;
  return moving.height === height && moving.width === width && iteration <= step.iterations;
}

function originOf({ name, version, provider, device, threads }: EngineIdentity): StateOrigin {
  return { engine: `${name} ${version} ${provider} ${device}`, threads };
}

function originText({ engine, threads }: StateOrigin): string {
  return `${engine}, ${threads} threads`;
}
