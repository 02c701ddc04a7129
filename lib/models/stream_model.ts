/**
 * A model as a function from frames to named layers. What is known of it without its weights is declared data.
 * @module
 */
import type { Citation } from "../store/citation.ts";
import type { Tensor } from "../graph/graph.ts";
import type { Activations } from "./activations.ts";
import type { KernelFlavor, PrednetWeights } from "./prednet/weights.ts";

/** Which of the two streams a model can serve as. */
export type Stream = "spatial" | "temporal";

/** What can be said of a model before its weights are read. */
export interface ModelDeclaration {
  readonly name: string;
  readonly stream: Stream;
  /** Frames that one evaluation sees, oldest first; the last is the moving one. */
  readonly frames: number;
  /** Every how many frames of the video one is seen; 1 when left out. */
  readonly stride?: number;
  readonly layers: readonly string[];
  /** Those of `layers` that `all` stands for, where some are names of the same layer. */
  readonly distinctLayers?: readonly string[];
  readonly defaultTextureLayers: readonly string[];
  readonly defaultContentLayers: readonly string[];
  /** The smallest side in pixels that every layer accepts. */
  readonly smallestSide: number;
  /** Layers that on frames whose shorter side is smaller than so many pixels are the same as the layer before them. */
  readonly repeatsBelow?: Readonly<Record<string, number>>;
  /**
   * The first layer behind max pooling of convolutions that an engine may compute by Winograd's algorithm: from there on rounding
   * decides between maxima that tie. Absent where there is none.
   */
  readonly firstPooledLayer?: string;
  /** Title, authors, year, DOI, for the methods paragraph. */
  readonly citation: string;
  /** The publications in it, as data. */
  readonly cites: readonly Citation[];
  /** The weights file that it reads, absent for an analytic model. */
  readonly weights?: string;
}

/** What can be said of a network that predicts frames before its weights are read. */
export interface PredictorDeclaration {
  readonly name: string;
  readonly stream: "prediction";
  /** What it gives of each frame. */
  readonly layers: readonly string[];
  /** Both sides of its frames are multiples of this. */
  readonly sideMultiple: number;
  /** Title, authors, year, DOI, for the methods paragraph. */
  readonly citation: string;
  /** The weights file that it reads. */
  readonly weights: string;
}

/** A model ready to be added to a graph. */
export interface StreamModel {
  readonly declaration: ModelDeclaration;
  /**
   * Adds the model to the frames' graph and returns the wanted layers, each of them [channels, height, width].
   * @param frames as many as `declaration.frames`, oldest first, each [height, width, 3], RGB in [0, 1]
   * @param layers names out of `declaration.layers`
   */
  layers(frames: readonly Tensor[], layers: readonly string[]): Readonly<Record<string, Activations>>;
}

/** Which bytes a model was read from. */
export interface ModelDigest {
  /** sha256 of the weights file, or of the model's version for an analytic one. */
  readonly sha256: string;
  /** Absent for an analytic model. */
  readonly file?: string;
  /** True for a model of the user's own; `sha256` is of all its files and of its declaration. */
  readonly isOwn?: true;
  /** Length of the file. */
  readonly bytes?: number;
  /** False when the file is not the published one, or when nothing tells whether it is. */
  readonly official: boolean;
  /** The user keeps the checksum of weights of which none is published, and it is that of the file. */
  readonly checked?: true;
  /** Where the published file comes from. */
  readonly source?: string;
}

/** Opens models by name. */
export interface ModelSource {
  /** Throws MissingError when weights are neither here nor to be fetched. */
  open(name: string): Promise<StreamModel>;
}

/** Opens networks that predict frames by name. */
export interface PredictorSource {
  /** Throws MissingError when weights are not here. */
  openPredictor(name: string, kernels: KernelFlavor): Promise<PrednetWeights>;
}
