import { createDesk, type Desk } from "deskstate";
import { gws, type Credentials, type GwsOptions } from "deskstate/gws";
import { systemClock, type Clock } from "../../../src/domain/clock.ts";
import { pictureOfDesk } from "../../link/picture.ts";

/** The interface of the page for a test. */
export interface DeskPage {
  /** Makes a desk of this agent, at the origin that the page came from by default, and keeps it as `desk`. */
  readonly make: (credentials: Credentials, options?: DeskPageOptions) => Desk;
  desk: Desk;
  /** The states of the connection, one after the other. */
  readonly states: string[];
  readonly pictureOfDesk: typeof pictureOfDesk;
  /** Resolves with true when a mark has arrived, and with false when it is time to send another one. */
  readonly untilMarked: (mark: string) => Promise<boolean>;
}

export interface DeskPageOptions extends Partial<Pick<GwsOptions, "url" | "handshakeSpread">> {
  /** Waits without an end: what happens then happens by an event of the browser. */
  readonly waitsForEver?: boolean;
}

declare global {
  interface Window {
    readonly deskPage: DeskPage;
  }
}

const withoutWaits: Clock = {
  ...systemClock,
  setTimeout: (run, ms) => (ms < 50 ? systemClock.setTimeout(run, ms) : undefined),
};

const states: string[] = [];
const deskPage: Omit<DeskPage, "desk"> & Partial<DeskPage> = {
  make(credentials, { waitsForEver = false, url = `${location.origin}/api/v2`, handshakeSpread = 0 } = {}) {
    const link = gws({
      url,
      credentials,
      handshakeSpread,
      ...(waitsForEver ? { clock: withoutWaits } : {}),
      // Short waits before a retry, and long ones where only an event of the browser may end them.
      random: () => (waitsForEver ? 0.999 : 0.1),
    });
    const desk = createDesk({ link });
    desk.connection.subscribe(({ state }) => {
      if (states.at(-1) !== state) states.push(state);
    });
    return (deskPage.desk = desk);
  },
  states,
  pictureOfDesk,
  untilMarked: (mark) =>
    new Promise((resolve) => {
      const { desk } = window.deskPage;
      const marks = desk.channel("marks");
      const check = () => {
        if (marks.reason === mark) end(true);
      };
      const end = (hasArrived: boolean) => {
        clearTimeout(timer);
        watching.unsubscribe();
        resolve(hasArrived);
      };
      const timer = setTimeout(() => end(false), 500);
      const watching = marks.subscribe(check);
      check();
    }),
};
Object.assign(window, { deskPage });
