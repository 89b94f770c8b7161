import type { AnyStateMachine } from "xstate";
import type { KindOperations } from "../domain/operation.ts";
import type { Operations, OperationsOf } from "../domain/portable-operations.ts";
import type { ChatOperations } from "./chat/operations.ts";
import type { EmailOperations } from "./email/operations.ts";
import type { DataOf, InteractionKind, MachineOf, NameOf } from "./kind.ts";
import type { StandardKinds } from "./standard-kinds.ts";

/** The types of a desk: its kinds of interaction and the operations of its server. */
export interface Vocabulary {
  readonly channel: Operations;
  readonly kinds: { readonly [kind: string]: KindVocabulary };
}

/** The types of one kind of interaction. */
export interface KindVocabulary {
  /** The data of its own as a snapshot shows it. */
  readonly data: object;
  readonly operations: Operations;
  readonly machine: AnyStateMachine;
}

/** The operations of a server: the types that a link brings to its desk. */
export interface ServerOperations {
  readonly channel: Operations;
  readonly interaction: { readonly [kind: string]: Operations };
}

/** The operations that every server generation has. */
export interface StandardOperations extends ServerOperations {
  readonly channel: ChannelOperations;
  readonly interaction: { readonly email: EmailOperations; readonly chat: ChatOperations };
}

/** The operations of a server, and those that an application adds to its dialect. */
export interface WithOperations<
  Server extends ServerOperations,
  Added extends KindOperations,
> extends ServerOperations {
  readonly channel: Server["channel"];
  readonly interaction: Server["interaction"] & {
    readonly [Kind in keyof Added]: OperationsOf<Added[Kind]>;
  };
}

/** The operations of a channel. */
export type ChannelOperations = OperationsOf<Record<"Ready" | "NotReady", object>>;

/** The types of a desk with these kinds at a server with these operations. */
export interface VocabularyOf<
  Kinds extends readonly InteractionKind[],
  Server extends ServerOperations,
> extends Vocabulary {
  readonly channel: Server["channel"];
  readonly kinds: {
    readonly [Kind in Kinds[number] as NameOf<Kind>]: {
      readonly data: DataOf<Kind>;
      readonly machine: MachineOf<Kind>;
      readonly operations: NameOf<Kind> extends keyof Server["interaction"]
        ? Server["interaction"][NameOf<Kind>]
        : Readonly<Record<never, readonly unknown[]>>;
    };
  };
}

/** The types of a desk by default. */
export type StandardVocabulary = VocabularyOf<StandardKinds, StandardOperations>;
