// SPDX-License-Identifier: Apache-2.0
/** Everything that is fetched together when a border tool or command is first wanted. */
import * as tools from "../../tools/border/all.ts";

export { BorderEdits } from "./borderEdits.ts";
export { ProposalDesk } from "./proposals.ts";
export { tools };
