import { AckExtension, CometD, LongPollingTransport, type Envelope } from "cometd";

/** An account of the simulator, with its address. */
export interface Address {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** Signs in and subscribes with the CometD client alone, over `fetch`, like the link of the library. */
export async function connectBare(
  { url, user, password }: Address,
  listener: (message: unknown) => void,
): Promise<CometD> {
  // CometD reads the browser's window when it is created and during a handshake.
  Object.assign(globalThis, { window: { setTimeout, clearTimeout, console } });
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const signedIn = await fetch(`${url}/me`, { headers: { authorization } });
  await signedIn.text();
  const client = new CometD();
  client.unregisterTransports();
  client.registerTransport("long-polling", new BareTransport(cookiesOf(signedIn)));
  client.registerExtension("ack", new AckExtension());
  client.configure({ url: `${url}/notifications`, logLevel: "warn", useWorkerScheduler: false });
  await new Promise<void>((resolve) => {
    client.handshake(() => {
      client.subscribe("/v2/me/channels", listener);
      client.subscribe("/v2/me/interactions", listener, () => resolve());
    });
  });
  return client;
}

class BareTransport extends LongPollingTransport {
  #cookie: string;

  constructor(cookie: string) {
    super();
    this.#cookie = cookie;
  }

  override accept(): boolean {
    return true;
  }

  override transportSend(envelope: Envelope, request: object): boolean {
    void this.#send(envelope, request);
    return true;
  }

  override abortXHR(): boolean {
    return true;
  }

  async #send(envelope: Envelope, request: object): Promise<void> {
    try {
      const body = JSON.stringify(envelope.messages);
      const headers = { cookie: this.#cookie, "content-type": "application/json" };
      const response = await fetch(envelope.url, { method: "POST", body, headers });
      const cookies = cookiesOf(response);
      if (cookies !== "") this.#cookie += `; ${cookies}`;
      this.transportSuccess(envelope, request, JSON.parse(await response.text()) as object[]);
    } catch {
      this.transportFailure(envelope, request, {});
    }
  }
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
