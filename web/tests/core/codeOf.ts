// SPDX-License-Identifier: Apache-2.0
import { IntarsiaError } from "../../src/core/errors.ts";

/** Code of the error that `act` throws, or null when it does not throw; errors of other kinds go on. */
export function codeOf(act: () => unknown): string | null {
  try {
    act();
  } catch (error) {
    if (error instanceof IntarsiaError) return error.code;
    throw error;
  }
  return null;
}
