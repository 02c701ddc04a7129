/**
 * Which providers ONNX Runtime's build for this platform has.
 * @module
 */
import { listSupportedBackends } from "onnxruntime-node";
import { MissingError } from "../../../errors.ts";
import type { ProviderName } from "./provider.ts";
import { providers } from "./providers.ts";

/** Those of this platform. Their libraries, devices and drivers may be missing all the same. */
export function builtProviders(): readonly ProviderName[] {
  const backends = new Set(listSupportedBackends().map(({ name }) => name));
  return names.filter((name) => backends.has(providers[name].backend));
}

const names = Object.keys(providers).filter(isProviderName);

function isProviderName(name: string): name is ProviderName {
  return name in providers;
}

/** Throws MissingError that says which platforms have it, and what this one has. */
export function requireBuilt(name: ProviderName): void {
  const built = builtProviders();
  if (built.includes(name)) return;
  const { os, arch } = Deno.build;
  throw new MissingError(
    `the provider ${name} is not in ONNX Runtime for ${os} ${arch}: it is built for ${
      providers[name].builtFor
    }; ` +
      `here there are ${built.join(", ")}`,
  );
}
