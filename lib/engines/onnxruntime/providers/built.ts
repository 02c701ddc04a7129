/**
 * Which providers ONNX Runtime's build for this platform has.
 * @module
 */
import { MissingError } from "../../../errors.ts";
import type { ProviderName } from "./provider.ts";
import { providers } from "./providers.ts";

/** Throws MissingError that says which platforms have it, and what this one has. */
export function requireBuilt(name: ProviderName): void {
  if (providers[name].isBuiltFor(Deno.build)) return;
  const { os, arch } = Deno.build;
  const here = Object.entries(providers).filter(([, { isBuiltFor }]) => isBuiltFor(Deno.build));
  throw new MissingError(
    `the provider ${name} is not in ONNX Runtime for ${os} ${arch}: it is built for ${
      providers[name].builtFor
    }; ` +
      `here there are ${here.map(([name]) => name).join(", ")}`,
  );
}
