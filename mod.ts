/**
 * Metamer from a script: load, plan and run a workflow, or compute with frames of your own.
 *
 * ```ts
 * import { loadWorkflow, planWorkflow, runWorkflow } from "./mod.ts";
 *
 * const workflow = await loadWorkflow("workflows/quickstart.yaml", { frames: 4 });
 * const plan = await planWorkflow(workflow, { fetchWeights: true });
 * const { videos } = await runWorkflow(plan);
 * ```
 *
 * A frame is `{ height, width, data }` with `data` a Float32Array of height x width x 3 values, row by row, RGB in [0, 1].
 *
 * ```ts
 * import { evaluateTerms } from "./mod.ts";
 *
 * const gray = { height: 64, width: 64, data: new Float32Array(64 * 64 * 3).fill(0.5) };
 * const noise = { ...gray, data: gray.data.map(() => Math.random()) };
 * const terms = await evaluateTerms({
 *   current: noise,
 *   targets: { spatial_texture: { current: gray, layers: ["conv1_1", "conv2_1"] } },
 * });
 * console.log(terms.spatial_texture?.loss, terms.total_variation.loss);
 * ```
 * @module
 */
export { isUserError, MissingError, RunError, type UserError, WorkflowError } from "./lib/errors.ts";
export { type LoadedWorkflow, type LoadOptions, loadWorkflow } from "./lib/cli/load_workflow.ts";
export { type PlanOptions, planWorkflow, type WorkflowPlan } from "./lib/cli/plan/plan_workflow.ts";
export type { ComputeOptions } from "./lib/cli/engine_options.ts";
export type { PlanTiming } from "./lib/cli/plan/timing.ts";
export type { PlannedInput, PlannedInstance } from "./lib/plan/planned_instance.ts";
export type {
  ArtifactFacts,
  FileOrigin,
  Json,
  VideoFacts,
  Work,
  WorkedFrames,
} from "./lib/plan/stage_kind.ts";
export type { Citation, Methods } from "./lib/store/citation.ts";
export type { ModelDigest } from "./lib/models/stream_model.ts";
export type { DownloadProgress } from "./lib/models/weights/download.ts";
export { describeReason, type Reason } from "./lib/plan/reason.ts";
export { type RunOptions, runWorkflow, type WorkflowOutcome } from "./lib/cli/run/run_workflow.ts";
export type { TableResult } from "./lib/cli/run/results.ts";
export { Stopper, type StopRequest, type StopSignal } from "./lib/runner/signals.ts";
export type { Registered } from "./lib/store/manifest.ts";
export type { RunEvent } from "./lib/store/events.ts";
export type { MeanResiduals } from "./lib/store/residuals.ts";

export type { Machinery } from "./lib/cli/scripts/machinery.ts";
export { evaluateTerms } from "./lib/cli/scripts/evaluate_terms.ts";
export type { EvaluatedTerm, EvaluatedTerms, EvaluateTermsRequest } from "./lib/synthesis/evaluate_terms.ts";
export { synthesizeTransition } from "./lib/cli/scripts/synthesize_transition.ts";
export type { OctaveRequest, SynthesizeTransitionRequest } from "./lib/synthesis/synthesize_transition.ts";
export type { FinishedTransition } from "./lib/synthesis/transition.ts";
export type { OctaveResult } from "./lib/synthesis/run_octave.ts";
export type {
  IterationReport,
  OctaveStart,
  TransitionObserver,
  TransitionWarning,
} from "./lib/synthesis/observer.ts";
export type { FlatRegions } from "./lib/synthesis/flat_regions.ts";
export type { EndReason, OctaveEnd } from "./lib/synthesis/stop.ts";
export type { IterationRecord, TransitionState } from "./lib/synthesis/state.ts";
export type { OptimizerState } from "./lib/synthesis/optimizers/optimizer.ts";
export type { TermValues } from "./lib/synthesis/balance.ts";
export type { LayerValues } from "./lib/synthesis/targets.ts";
export type { Streams, TargetPair, TermTarget, TermTargets } from "./lib/synthesis/requests.ts";
export {
  type AdamSettings,
  type Balance,
  type DescentSettings,
  type FrameColor,
  type LayerChoice,
  type LbfgsSettings,
  type Normalization,
  type OptimizerSettings,
  type PlateauSettings,
  type Resample,
  type StopSettings,
  type TargetTerm,
  targetTerms,
  type TermName,
  termNames,
} from "./lib/synthesis/settings.ts";
export {
  phaseScrambleDefaults,
  type PhaseScrambleSettings,
  scramblePhases,
} from "./lib/controls/phase_scramble.ts";
export type { PhaseMode } from "./lib/controls/random_phases.ts";
export { type ColorTransferVariant, transferColor } from "./lib/frames/color_transfer/transfer_color.ts";
export { type ReadFrames, readFrames, type ReadFramesChoices } from "./lib/cli/scripts/read_frames.ts";
export { writeFrames, type WriteFramesChoices } from "./lib/cli/scripts/write_frames.ts";
export type { DeliveredFormat } from "./lib/cli/export/deliver.ts";
export { reversedOrder, shuffledOrder } from "./lib/controls/frame_order.ts";
export { type BlockScrambleSettings, scrambleBlocks } from "./lib/controls/block_scramble.ts";
export {
  createWarp,
  jacobianDeterminant,
  type Place,
  type Warp,
  type WarpSettings,
  type WarpStep,
} from "./lib/controls/warp_field.ts";
export { warpFrame } from "./lib/controls/warp_frame.ts";
export { equalizeClips } from "./lib/controls/equalize/equalize.ts";
export type { EqualizeChoices } from "./lib/controls/equalize/choices.ts";
export type { EqualizedValues } from "./lib/controls/equalize/planes.ts";
export { codedFrame, decodedFrame, type Transfer } from "./lib/frames/transfer.ts";
export { correctedSsim, ssim, type SsimForm, ssimForms } from "./lib/analysis/ssim.ts";
export { resizeBilinear } from "./lib/frames/resize.ts";
export type { Frame, Size } from "./lib/frames/frame.ts";
export { meanIntensity, pixelChange } from "./lib/analysis/low_level_features.ts";
export { meanLuminance, rmsContrast, secondDifference } from "./lib/analysis/luminance.ts";
export {
  describeFlow,
  type FlowDescription,
  type FlowEstimator,
  openFlowEstimator,
} from "./lib/analysis/optical_flow.ts";
export { type ComplexArray, type Fourier, loadFourier } from "./lib/frames/fourier.ts";
export { grayLevels, histogramDistance, levelHistogram } from "./lib/analysis/gray_levels.ts";
export {
  radialAmplitudes,
  radialFrequencies,
  spectralSlope,
  temporalAmplitudes,
  temporalAmplitudeSums,
  temporalFrequencies,
} from "./lib/analysis/spectra.ts";
export {
  circularEarthMoversDistance,
  correlation,
  earthMoversDistance,
} from "./lib/analysis/compare_samples.ts";
export {
  circularCorrelation,
  type MeanDirection,
  meanDirection,
  turnBetween,
} from "./lib/analysis/circular.ts";
export { bootstrapMean, type BootstrapSettings, type MeanInterval } from "./lib/analysis/bootstrap.ts";
export { openEngine } from "./lib/engines/open.ts";
export type {
  BackendChoice,
  ConvolutionChoice,
  ConvolutionRecord,
  Engine,
  EngineIdentity,
  EngineOpener,
  EngineOptions,
  Precision,
  ProviderChoice,
} from "./lib/engines/engine.ts";
export {
  type Alignment,
  alignment,
  centered,
  type CenteredRepresentation,
  linearCka,
  type Representation,
} from "./lib/analysis/cka.ts";
export type { Rows } from "./lib/analysis/row_products.ts";
export {
  correlationDistance,
  dissimilarities,
  type Distance,
  euclideanDistance,
  representationalSimilarity,
} from "./lib/analysis/dissimilarity.ts";
export { ranks, spearman } from "./lib/analysis/rank_correlation.ts";
export { type Guess, mostProbable, softmax } from "./lib/analysis/readout.ts";
