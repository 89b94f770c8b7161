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
    _info(...words: unknown[]): void;
    _debug(...words: unknown[]): void;
  }

  interface Packet {
    readonly url: string;
    readonly body: string;
    readonly onSuccess: (reply: readonly object[]) => void;
    readonly onError: (reason: string) => void;
  }

  class LongPollingTransport implements Transport {
    readonly type: string;
    url: string;
    accept(version: string, crossDomain: boolean, url: string): boolean;
    abort(): void;
    xhrSend(packet: Packet): object;
    abortXHR(request: object): boolean;
  }
}
