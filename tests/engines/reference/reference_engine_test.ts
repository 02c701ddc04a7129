import { openReferenceEngine } from "../../../lib/engines/reference/reference_engine.ts";
import { conformanceSuite } from "../conformance.ts";

conformanceSuite("reference", openReferenceEngine);
