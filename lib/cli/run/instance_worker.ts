/**
 * The module that runs in an instance's worker: here the runner meets kinds, models and engines.
 * @module
 */
import { createModelLibrary } from "../../models/model_library.ts";
import { weightsFolder } from "../../models/weights/weights_folder.ts";
import { serveInstance } from "../../runner/serve_instance.ts";
import { kindNamed } from "../../stages/table.ts";

serveInstance({
  loadRun: (kind) => kindNamed(kind).load(),
  openModels: ({ equipment: { weights, offline }, models, modelFiles }, emit) =>
    createModelLibrary({
      weightsFolder: weightsFolder({ chosen: weights }),
      offline,
      planned: models,
      files: modelFiles,
      onProgress: ({ fileName, received, bytes }) =>
        emit({ type: "download", file: fileName, bytes: received, of: bytes }),
    }),
  async openEngine(options) {
    const { openEngine } = await import("../../engines/open.ts");
    return await openEngine(options);
  },
});
