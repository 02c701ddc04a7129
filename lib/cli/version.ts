/**
 * This program's version.
 * @module
 */
import config from "../../deno.json" with { type: "json" };

/** As in deno.json. */
export const version: string = config.version;
