/**
 * `doctor`: what works on this machine, what is missing, and the line that mends it.
 * @module
 */
import { z } from "zod";
import { weightsFolder } from "../../models/weights/weights_folder.ts";
import type { Output } from "../display/output.ts";
import { examine, isHealthy } from "../doctor/diagnosis.ts";
import { machineExaminations } from "../doctor/machine.ts";
import { programExaminations } from "../doctor/programs.ts";
import { describeDiagnoses } from "../doctor/report.ts";
import { weightsExaminations } from "../doctor/weights.ts";
import { runsFolder } from "../runs_folder.ts";
import type { Verb } from "./verb.ts";

const optionsSchema = z.object({
  out: z.string().exactOptional(),
  weights: z.string().exactOptional(),
  json: z.boolean().exactOptional(),
});

/** Adds `doctor`. */
export const doctorVerb: Verb = (program, { output, finish }) => {
  program.command("doctor")
    .description("tell what works on this machine, what is missing, and how to mend it")
    .option("--out <folder>", "folder of the results (METAMER_RUNS; otherwise runs)")
    .option("--weights <folder>", "folder of the models' weights (METAMER_WEIGHTS)")
    .option("--json", "write it as JSON")
    .action(async (options: unknown) => finish(await doctor(optionsSchema.parse(options), output)));
};

/** 0 when all that is needed works, else 3. */
async function doctor(options: z.infer<typeof optionsSchema>, output: Output): Promise<number> {
  const runs = runsFolder(options.out);
  const { engineExaminations } = await import("../doctor/engines.ts");
  const { providerExaminations } = await import("../doctor/providers.ts");
  const diagnoses = await examine([
    ...machineExaminations(runs),
    ...programExaminations,
    ...engineExaminations,
    ...providerExaminations,
    ...weightsExaminations(weightsFolder({ chosen: options.weights })),
  ]);
  output.write(
    options.json === true
      ? JSON.stringify(diagnoses, undefined, 2) + "\n"
      : describeDiagnoses(diagnoses) + "\n",
  );
  return isHealthy(diagnoses) ? 0 : 3;
}
