import { conformanceSuite } from "../engines/conformance.ts";
import { sharedEngine } from "./shared_engine.ts";

const engine = await sharedEngine();

conformanceSuite("webgpu", () => Promise.resolve(engine));
