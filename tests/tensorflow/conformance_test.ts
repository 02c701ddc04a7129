import { conformanceSuite } from "../engines/conformance.ts";
import { lent, withBackend } from "./backends_here.ts";

for (const backend of ["node", "webgpu", "wasm", "cpu"] as const) {
  await withBackend(backend, (engine) => {
    conformanceSuite(`tensorflow ${backend}`, () => Promise.resolve(lent(engine)));
  });
}
