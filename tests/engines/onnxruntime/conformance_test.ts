import { openOnnxRuntimeEngine } from "../../../lib/engines/onnxruntime/onnxruntime_engine.ts";
import { conformanceSuite } from "../conformance.ts";

conformanceSuite("onnxruntime", openOnnxRuntimeEngine);
