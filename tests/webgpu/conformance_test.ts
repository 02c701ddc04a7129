import { openEngine } from "../../lib/engines/open.ts";
import { conformanceSuite } from "../engines/conformance.ts";

/** Opened once: a device takes a third of a second. */
const engine = await openEngine({ provider: "webgpu" });

conformanceSuite(
  "webgpu",
  () => Promise.resolve({ ...engine, [Symbol.asyncDispose]: () => Promise.resolve() }),
);
