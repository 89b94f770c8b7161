import type { OperationsOf } from "../../domain/portable-operations.ts";
import type { SharedOperation } from "../shared-operations.ts";

/** What can be asked about an email, or about the outbound reply to one. */
export type EmailOperations = OperationsOf<
  Record<SharedOperation | "Reply" | "ReplyAll" | "Send" | "Cancel", object>
>;
