import type { Dialect } from "../dialects/dialect.ts";
import { gws851 } from "../dialects/gws-8.5.1/index.ts";
import { systemClock, type Clock } from "../domain/clock.ts";
import { DeskError } from "../domain/error.ts";
import type { OperationRules } from "../domain/operation.ts";
import type { Random } from "../domain/random.ts";
import type { Answer, OperationRequest } from "../domain/request.ts";
import type { StandardVocabulary, Vocabulary } from "../domain/vocabulary.ts";
import type { Link, LinkSink, Reading } from "../store/link-port.ts";
import { Attachment } from "./attachment.ts";
import { checkCredentials, checkOptions, type GwsOptions } from "./options.ts";

const leaveWithin = 3000;

/**
 * The link to a Genesys Web Services server: REST and CometD.
 *
 * @throws DeskError `invalid-options`, or `insecure-url` for plain http to another machine.
 */
export function gws<Words extends Vocabulary = StandardVocabulary>(options: GwsOptions<Words>): Link<Words> {
  const url = checkOptions(options);
  return new GwsLink(url, options) as unknown as Link<Words>;
}

class GwsLink implements Link {
  readonly rules: OperationRules;
  readonly #url: string;
  readonly #options: GwsOptions<Vocabulary>;
  readonly #dialect: Dialect<Vocabulary>;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #requestTimeout: number;
  #attachment: Attachment | undefined;
  /** The last request to each address, so that requests about one thing arrive in the order they were made. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(url: string, options: GwsOptions<Vocabulary>) {
    this.#url = url;
    this.#options = options;
    this.#dialect = options.dialect ?? gws851;
    this.rules = this.#dialect.rules;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#requestTimeout = options.requestTimeout ?? 10_000;
  }

  readonly connect = (sink: LinkSink, channels: readonly string[]): void => {
    void this.#attachment?.leave(0);
    const { credentials, handshakeSpread = 5000, mostBytes = 16 * 1024 ** 2 } = this.#options;
    this.#attachment = new Attachment({
      url: this.#url,
      dialect: this.#dialect,
      sink,
      channels,
      clock: this.#clock,
      random: this.#random,
      requestTimeout: this.#requestTimeout,
      handshakeSpread,
      mostBytes,
      fetch: this.#options.fetch ?? ((...request) => globalThis.fetch(...request)),
      credentials: async () => {
        const told: unknown = typeof credentials === "function" ? await credentials() : credentials;
        checkCredentials(told);
        return told;
      },
    });
    this.#attachment.begin();
  };

  readonly disconnect = async (): Promise<void> => {
    const attachment = this.#attachment;
    this.#attachment = undefined;
    await attachment?.leave(leaveWithin);
  };

  readonly readList = async (): Promise<Reading> =>
    (await this.#attachment?.readList()) ?? { kind: "failed" };

  readonly perform = async (request: OperationRequest): Promise<Answer> => {
    const attachment = this.#attachment;
    if (attachment === undefined) return { kind: "unanswered" };
    let wire;
    try {
      wire = this.#dialect.encode(request);
    } catch (error) {
      const message = error instanceof DeskError ? error.message : undefined;
      return { kind: "refused", code: undefined, message };
    }
    return this.#inOrder(wire.path, async () => {
      const result = await attachment.session.request(wire);
      if (result.kind === "failed") return { kind: "unanswered" };
      return this.#dialect.readAnswer(result.status, result.body);
    });
  };

  async #inOrder<Result>(address: string, run: () => Promise<Result>): Promise<Result> {
    const before = this.#queues.get(address);
    const mine = (async () => {
      await before;
      return run();
    })();
    this.#queues.set(address, mine);
    try {
      return await mine;
    } finally {
      if (this.#queues.get(address) === mine) this.#queues.delete(address);
    }
  }
}
