// The members of cometd 9.0.0 that its own types leave out, as read in its source.
import "cometd";

declare module "cometd" {
  interface FailureInfo {
    cause: "negotiation" | "unsuccessful" | "failure";
    action: "none" | "retry" | "handshake";
    transport: unknown;
    delay?: number;
  }

  interface CometD {
    onTransportFailure(message: Message, info: FailureInfo, handle: (info: FailureInfo) => void): void;
    receive(message: Message): void;
    onListenerException: ((error: unknown) => void) | undefined;
    _warn(...words: unknown[]): void;
  }

  interface Envelope {
    readonly url: string;
    readonly messages: { [field: string]: unknown; channel: string }[];
  }

  class LongPollingTransport implements Transport {
    readonly type: string;
    url: string;
    accept(version: string, crossDomain: boolean, url: string): boolean;
    abort(): void;
    transportSend(envelope: Envelope, request: object): boolean;
    transportSuccess(envelope: Envelope, request: object, replies: readonly object[]): void;
    transportFailure(envelope: Envelope, request: object, failure: object): void;
    abortXHR(request: object): boolean;
  }
}
