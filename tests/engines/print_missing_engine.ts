/**
 * Opens the default engine and prints what it throws; run by a test without the permission to load native libraries.
 */
import { openEngine } from "../../lib/engines/open.ts";
import { isUserError } from "../../lib/errors.ts";

try {
  await openEngine({});
} catch (error) {
  if (isUserError(error)) console.log(`${error.name} ${error.exitCode} ${error.message}`);
}
