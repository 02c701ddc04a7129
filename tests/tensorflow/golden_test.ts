/**
 * Losses and gradients of two_stream.npz by TensorFlow.js: against the authors' code where a backend is quick enough, else, on
 * a part of the frames, against ONNX Runtime. Prints how far each is off.
 */
import { evaluateTerms } from "../../mod.ts";
import type { Engine } from "../../lib/engines/engine.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import type { EvaluatedTerms } from "../../lib/synthesis/evaluate_terms.ts";
import {
  assertAtMost,
  exactly,
  isMissing,
  openGolden,
  relativeError,
  renderEngine,
  shortNames,
  termOf,
  weights,
} from "../synthesis/golden/golden_setting.ts";
import { withBackend } from "./backends_here.ts";

const ignore = isMissing("two_stream.npz");

type ShortName = keyof typeof shortNames;

/** Relative errors of losses, and of gradients in the L2 norm: those of `golden_setting.ts` for convolutions term by term. */
const tolerances: Readonly<Record<ShortName, { readonly loss: number; readonly gradient: number }>> = {
  sc: { loss: 2e-5, gradient: 1e-3 },
  ss: { loss: 2e-5, gradient: 1e-3 },
  tc: { loss: 2e-5, gradient: 5e-5 },
  ts: { loss: 2e-5, gradient: 5e-5 },
  tv: { loss: 2e-5, gradient: 1e-6 },
};

/** What a term came to, or should come to. */
interface Evaluated {
  readonly loss: number;
  readonly gradient: Frame;
}

type See = (frame: Frame) => Frame;

/** The whole frames, and the part of them and of the layers that slow backends get. */
const whole: See = (frame) => frame;
const shallow = ["conv1_1", "conv2_1"];

async function evaluate(engine: Engine, see: See): Promise<EvaluatedTerms> {
  const { frame } = await openGolden("two_stream.npz");
  const target = { previous: see(frame("target_prev")), current: see(frame("target_cur")) };
  const textures = { spatial_texture: target, temporal_texture: target };
  return await evaluateTerms({
    previous: see(frame("gen_prev")),
    current: see(frame("gen_cur")),
    targets: see === whole
      ? { ...textures, spatial_content: target, temporal_content: target }
      : { ...textures, spatial_texture: { ...target, layers: shallow } },
    engine,
    ...(weights === undefined ? {} : { weights }),
  });
}

/** Asserts that all terms are near, and prints a row of the table in docs/engines.md. */
function assertNear(
  row: string,
  found: EvaluatedTerms,
  expected: (short: ShortName) => Evaluated,
): void {
  const errors = (["sc", "ss", "tc", "ts", "tv"] as const).flatMap((short) => {
    if (found[shortNames[short]] === undefined) return [];
    const { loss, gradient } = termOf(found, shortNames[short]);
    const wanted = expected(short);
    return {
      short,
      loss: Math.abs(loss - wanted.loss) / wanted.loss,
      gradient: relativeError(gradient, wanted.gradient),
    };
  });
  const cells = errors.map(({ loss, gradient }) => `${loss.toExponential(0)}, ${gradient.toExponential(0)}`);
  console.log(`| ${[row, ...cells].join(" | ")} |`);
  for (const { short, loss, gradient } of errors) {
    assertAtMost(loss, tolerances[short].loss, `loss ${short}`);
    assertAtMost(gradient, tolerances[short].gradient, `gradient ${short}`);
  }
}

/** 32 x 48 pixels from the middle of a frame. */
function middle(frame: Frame): Frame {
  const [height, width] = [32, 48];
  const [top, left] = [(frame.height - height) >> 1, (frame.width - width) >> 1];
  const data = new Float32Array(height * width * 3);
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * frame.width + left) * 3;
    data.set(frame.data.subarray(start, start + width * 3), row * width * 3);
  }
  return { ...frame, height, width, data };
}

for (const backend of ["node", "wasm"] as const) {
  await withBackend(backend, (engine) => {
    Deno.test({
      name:
        `tensorflow ${backend}: losses and gradients of all five terms are the authors' code's (two_stream.npz)`,
      ignore,
      async fn() {
        const golden = await openGolden("two_stream.npz");
        assertNear(`tensorflow ${backend}, authors' code`, await evaluate(engine, whole), (short) => ({
          loss: golden.number(`loss_${short}`),
          gradient: golden.frame(`grad_${short}`),
        }));
      },
    });
  });
}

for (const backend of ["webgpu", "cpu"] as const) {
  await withBackend(backend, (engine) => {
    Deno.test({
      name:
        `tensorflow ${backend}: losses and gradients of textures are ONNX Runtime's (32 x 48 of two_stream.npz)`,
      ignore,
      async fn() {
        await using judge = await renderEngine(exactly);
        const terms = await evaluate(judge, middle);
        const row = `tensorflow ${backend}, onnxruntime --exact, 32 x 48`;
        assertNear(row, await evaluate(engine, middle), (short) => termOf(terms, shortNames[short]));
      },
    });
  });
}
