import { DeskError } from "../../domain/error.ts";
import * as errorText from "../../domain/error-text.ts";
import { isSafeId } from "../../domain/identifier.ts";
import type { InteractionTarget, OperationRequest } from "../../domain/request.ts";
import type { EmailContent } from "../../kinds/email/email-content.ts";
import type { WireRequest } from "../dialect.ts";

/** Writes an operation as `POST /me/interactions/{id}` or `POST /me/channels/{channel}` (PROTOCOL 2.6 and 6). */
export function encode(request: OperationRequest): WireRequest {
  const { target, operation, operationName, parameters } = request;
  if (target.about === "channel") {
    return {
      method: "POST",
      path: `/me/channels/${segment(target.channel, "channel")}`,
      // A custom agent state is an operationName of its own, such as OutToLunch.
      body: { operationName: parameters["reason"] ?? operationName },
    };
  }
  return {
    method: "POST",
    path: `/me/interactions/${segment(target.id, "interaction id")}`,
    body: { operationName, ...body(operation, target, parameters) },
  };
}

function body(
  operation: string,
  target: InteractionTarget,
  parameters: OperationRequest["parameters"],
): object {
  if (operation === "Accept" && target.kind !== "chat") return {};
  if (operation === "Reply" || operation === "ReplyAll") return { ...queueOf(target), ...parameters };
  if (operation === "Send" && target.kind === "email") return outboundEmail(target, parameters);
  return parameters;
}

function queueOf(target: InteractionTarget): { queueName?: string } {
  const [queueName] = Object.keys(target.outQueues ?? {});
  return queueName === undefined ? {} : { queueName };
}

function outboundEmail(target: InteractionTarget, parameters: OperationRequest["parameters"]): object {
  const { text, subject, to, cc, bcc, queueName } = parameters;
  const held = target.data["email"] as EmailContent | undefined;
  return {
    ...queueOf(target),
    ...(queueName === undefined ? {} : { queueName }),
    email: {
      ...entry("from", held?.fromAddress),
      ...entry("to", listOf(to ?? held?.toAddress)),
      ...entry("cc", listOf(cc)),
      ...entry("bcc", listOf(bcc)),
      ...entry("subject", subject ?? held?.subject),
      bodyAsPlainText: text,
    },
  };
}

function entry(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}

function listOf(addresses: unknown): string[] | undefined {
  if (typeof addresses !== "string") return undefined;
  // A name in quotes may hold what stands between addresses elsewhere.
  const each = addresses.match(/(?:"[^"]*"|[^,;])+/g) ?? [];
  return each.flatMap((address) => address.trim() || []);
}

function segment(text: string, what: string): string {
  if (!isSafeId(text)) throw new DeskError("invalid-arguments", errorText.unsafeId(what));
  return encodeURIComponent(text);
}
