/**
 * The program by which the doctor tries a provider: a driver that crashes takes this process with it, and not the doctor.
 * Its argument is the provider's name; it writes what it found as JSON. In the doctor's own process it is only where that has to be.
 * @module
 */
import { z } from "zod";
import { providerNames } from "../../engines/choices.ts";
import { openEngine } from "../../engines/open.ts";
import { differenceOf, mostOff } from "../../engines/trial.ts";
import { isUserError } from "../../errors.ts";

/** What a trial found. */
export const trialSchema = z.union([
  z.object({ computes: z.literal(true), device: z.string(), difference: z.number(), float16: z.boolean() }),
  z.object({ computes: z.literal(false), reason: z.string() }),
]);

/** What a trial found. */
export type Trial = z.infer<typeof trialSchema>;

/** Opens the provider and has it compute a small gradient. */
export async function tryProvider(name: string | undefined): Promise<Trial> {
  const provider = z.enum(providerNames).parse(name);
  try {
    await using engine = await openEngine({ provider });
    await using judge = await openEngine({ engine: "reference" });
    const difference = await differenceOf(engine, judge);
    if (!(difference <= mostOff)) {
      return { computes: false, reason: `a small network is off by ${difference.toExponential(1)}` };
    }
    return {
      computes: true,
      device: engine.identity.device,
      difference,
      float16: await hasFloat16(provider),
    };
  } catch (error) {
    if (isUserError(error)) return { computes: false, reason: error.message };
    throw error;
  }
}

async function hasFloat16(provider: (typeof providerNames)[number]): Promise<boolean> {
  try {
    await using _ = await openEngine({ provider, precision: "float16" });
    return true;
  } catch (error) {
    if (isUserError(error)) return false;
    throw error;
  }
}

if (import.meta.main) console.log(JSON.stringify(await tryProvider(Deno.args[0])));
