/**
 * Whether ONNX Runtime's build for this platform has a provider.
 * @module
 */
import { MissingError } from "../../../errors.ts";
import { builds, builtProviders, type ProviderName } from "../../platforms.ts";

/** Throws MissingError that says which platforms have it, and what this one has. */
export function requireBuilt(name: ProviderName): void {
  if (builds[name].isFor(Deno.build)) return;
  const { os, arch } = Deno.build;
  throw new MissingError(
    `the provider ${name} is not in ONNX Runtime for ${os} ${arch}: it is built for ${builds[name].where}; ` +
      `here there are ${builtProviders(Deno.build).join(", ")}`,
  );
}
