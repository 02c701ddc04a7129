/**
 * A whole ResNet-18 of torchvision as a spatial stream, with weights that are hashes.
 */
import { readRecorded } from "../models/imported/recorded_network.ts";
import { testRecorded } from "../models/imported/stream_tests.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { fixturePath, unpackNetwork } from "./hashed_weights.ts";

testRecorded("torchvision's ResNet-18", async () => {
  await using folder = await temporaryFolder();
  const json = await unpackNetwork("resnet18", folder.path);
  return await readRecorded("resnet18", json, fixturePath("resnet18.npz"));
});
