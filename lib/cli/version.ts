/**
 * This program's version.
 * @module
 */
import config from "../../deno.json" with { type: "json" };

/** As in deno.json. */
export const version: string = config.version;

/** Of ONNX Runtime, as this program pins it. */
export const onnxruntimeVersion: string = config.imports["onnxruntime-node"].replace(/^.*@/, "");
