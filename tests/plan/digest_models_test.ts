import assert from "node:assert/strict";
import { MissingError } from "../../lib/errors.ts";
import { digestModels, type InspectedInstance } from "../../lib/plan/inspect.ts";

function instance(...models: readonly string[]): Pick<InspectedInstance, "models"> {
  return { models: models.map((model) => ({ role: `streams.${model}`, model })) };
}

Deno.test("each model is asked for once", async () => {
  const asked: string[] = [];
  const digests = await digestModels([instance("vgg19", "msoe"), instance("vgg19")], (name) => {
    asked.push(name);
    return Promise.resolve({ sha256: name, official: true });
  });
  assert.deepEqual(asked, ["vgg19", "msoe"]);
  assert.deepEqual([...digests.keys()], asked);
});

Deno.test("all weights that are missing are named at once", async () => {
  const missing = (name: string) =>
    name === "own"
      ? Promise.resolve({ sha256: "00", official: true })
      : Promise.reject(new MissingError(`the weights of ${name} are missing`));
  await assert.rejects(
    digestModels([instance("vgg19", "own", "msoe")], missing),
    (error) => error instanceof MissingError && /vgg19 .*\n.* msoe/.test(error.message),
  );
});

Deno.test("what is wrong with weights that are there is told at once", async () => {
  const damaged = new Error("damaged");
  await assert.rejects(digestModels([instance("vgg19", "msoe")], () => Promise.reject(damaged)), damaged);
});
