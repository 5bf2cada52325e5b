// SPDX-License-Identifier: Apache-2.0
import { createContext, use } from "react";

/** Project of the open task; from the address, so it is known before the task is. */
export const ProjectIdContext = createContext<string>("");

export const useProjectId = (): string => use(ProjectIdContext);
