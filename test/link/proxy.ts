import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { systemClock, type Clock } from "../../src/domain/clock.ts";

/** A TCP proxy on loopback that does to a connection what networks do. A new one does nothing. */
export interface Proxy {
  readonly port: number;
  /** Cuts every connection with a reset. */
  resetAll(): void;
  /** While on, new connections are reset as soon as they are made. */
  refuse(on: boolean): void;
  /** Lets so many more bytes of replies through, then closes the connection that the last of them was for. */
  cutAfter(bytes: number): void;
  /** While on, replies are lost and the connections stay open; such a connection never speaks again. */
  swallowReplies(on: boolean): void;
  /** Replies arrive so many milliseconds later, in their order; 0 ends it. */
  delayReplies(ms: number): void;
  /** While on, nothing passes in either direction and the connections stay open, as in a network that fell asleep. */
  blackhole(on: boolean): void;
  /** Ends every fault; a connection that lost something stays silent, as nothing brings the bytes back. */
  heal(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Bytes of the server were lost: what follows would make no sense. */
  isDeaf: boolean;
  /** Bytes of the client were lost. */
  isMute: boolean;
  /** The end of what is still to be delivered to the client. */
  tail: Promise<void> | undefined;
}

/** Starts a proxy in front of a port on this machine. */
export async function startProxy(target: number, clock: Clock = systemClock): Promise<Proxy> {
  const pairs = new Set<Pair>();
  let isRefusing = false;
  let isSwallowing = false;
  let isBlack = false;
  let delay = 0;
  let cut: number | undefined;

  const drop = (pair: Pair, end: (socket: Socket) => void): void => {
    pairs.delete(pair);
    end(pair.client);
    end(pair.server);
  };
  const reset = (socket: Socket): void => void socket.resetAndDestroy();

  const deliver = (pair: Pair, chunk: Buffer): void => {
    if (pair.client.destroyed) return;
    if (cut !== undefined && chunk.length >= cut) {
      pair.client.end(chunk.subarray(0, cut));
      pair.server.destroy();
      cut = undefined;
      return;
    }
    if (cut !== undefined) cut -= chunk.length;
    pair.client.write(chunk);
  };

  /** Does it after what is still on its way to the client. */
  const inOrder = (pair: Pair, run: () => void): void => {
    if (pair.tail === undefined && delay === 0) return run();
    const [ms, before] = [delay, pair.tail];
    const later = async (): Promise<void> => {
      await before;
      await new Promise<void>((resolve) => void clock.setTimeout(resolve, ms));
      run();
    };
    const tail = later().then(() => {
      if (pair.tail === tail) pair.tail = undefined;
    });
    pair.tail = tail;
  };

  const listener = createServer((client) => {
    client.on("error", () => {});
    if (isRefusing) return reset(client);
    const server = connect(target, "127.0.0.1");
    const pair: Pair = { client, server, isDeaf: false, isMute: false, tail: undefined };
    pairs.add(pair);
    client.setNoDelay(true);
    server.setNoDelay(true);
    server.on("error", () => {});
    client.on("data", (chunk: Buffer) => {
      if (isBlack) pair.isMute = true;
      if (!pair.isMute) server.write(chunk);
    });
    server.on("data", (chunk: Buffer) => {
      if (isBlack || isSwallowing) pair.isDeaf = true;
      if (!pair.isDeaf) inOrder(pair, () => deliver(pair, chunk));
    });
    client.on("close", () => drop(pair, (socket) => socket.destroy()));
    server.on("close", () => {
      if (!pair.isDeaf && !isBlack) inOrder(pair, () => client.destroySoon());
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));

  return {
    port: (listener.address() as AddressInfo).port,
    resetAll() {
      for (const pair of pairs) drop(pair, reset);
    },
    refuse: (on) => void (isRefusing = on),
    cutAfter: (bytes) => void (cut = bytes),
    swallowReplies: (on) => void (isSwallowing = on),
    delayReplies: (ms) => void (delay = ms),
    blackhole: (on) => void (isBlack = on),
    heal() {
      isRefusing = isSwallowing = isBlack = false;
      delay = 0;
      cut = undefined;
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const pair of pairs) drop(pair, reset);
      }),
  };
}
