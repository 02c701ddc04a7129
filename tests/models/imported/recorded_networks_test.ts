import { recordedNetwork } from "./recorded_network.ts";
import { testRecorded } from "./stream_tests.ts";

const networks = [
  ["resnet18", "a ResNet-18"],
  ["convnext", "a ConvNeXt"],
  ["two_frames", "a network of two frames"],
  ["four_frames", "a network of four frames"],
] as const;

for (const [name, title] of networks) testRecorded(title, () => recordedNetwork(name));
