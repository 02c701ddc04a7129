/**
 * The program by which the doctor tries what computes: a driver that crashes takes this process with it, and not the doctor.
 * Its argument is JSON that says what to open; it writes what it found as JSON. In the doctor's own process it is only where that
 * has to be.
 * @module
 */
import { z } from "zod";
import { backendNames, engineNames, providerNames } from "../../engines/choices.ts";
import { openEngine } from "../../engines/open.ts";
import { differenceOf, mostOff } from "../../engines/trial.ts";
import { isUserError } from "../../errors.ts";

const probedSchema = z.object({
  engine: z.enum(engineNames),
  provider: z.enum(providerNames).exactOptional(),
  backend: z.enum(backendNames).exactOptional(),
});

/** What is tried. */
export type Probed = z.infer<typeof probedSchema>;

/** What a trial found. */
export const trialSchema = z.union([
  z.object({ computes: z.literal(true), device: z.string(), difference: z.number(), float16: z.boolean() }),
  z.object({ computes: z.literal(false), reason: z.string() }),
]);

/** What a trial found. */
export type Trial = z.infer<typeof trialSchema>;

/** Opens it and has it compute a small gradient. */
export async function tryEngine(probed: Probed): Promise<Trial> {
  try {
    await using engine = await openEngine(probed);
    await using judge = await openEngine({ engine: "reference" });
    const difference = await differenceOf(engine, judge);
    if (!(difference <= mostOff)) {
      return { computes: false, reason: `a small network is off by ${difference.toExponential(1)}` };
    }
    return {
      computes: true,
      device: engine.identity.device,
      difference,
      float16: await hasFloat16(probed),
    };
  } catch (error) {
    if (isUserError(error)) return { computes: false, reason: error.message };
    throw error;
  }
}

async function hasFloat16(probed: Probed): Promise<boolean> {
  try {
    await using _ = await openEngine({ ...probed, precision: "float16" });
    return true;
  } catch (error) {
    if (isUserError(error)) return false;
    throw error;
  }
}

if (import.meta.main) {
  const probed = probedSchema.parse(JSON.parse(Deno.args[0] ?? ""));
  console.log(JSON.stringify(await tryEngine(probed)));
}
