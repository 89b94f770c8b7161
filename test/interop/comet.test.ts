import { describe } from "vitest";
import { testComet } from "../comet/comet-behaviour.ts";
import type { Differences } from "../comet/counterpart.ts";
import { credentials } from "./interop-desk.ts";
import { javaServer } from "./java-server.ts";
import { versions } from "./versions.ts";
import { wait } from "./wait.ts";

/** As 3.0.10 does it. */
const upTo4: Differences = {
  advisesOnHandshake: false,
  offersAcksUnasked: true,
  connectInBatch: "after its timeout, without the replies before it",
  replacedConnect: 408,
  findsSessionWithoutCookie: false,
  adviceOnUnknownSubscribe: undefined,
  malformed: {
    "": 200,
    "{": 400,
    "7": 400,
    null: 200,
    "{}": 500,
    "[]": 200,
    "[null]": 500,
    "[[]]": 400,
    "[{}]": 500,
    '[{"channel":7}]': 500,
  },
};

/** As 9.0.0 does it. */
const from5: Differences = {
  advisesOnHandshake: true,
  offersAcksUnasked: false,
  connectInBatch: "immediately, with advice",
  replacedConnect: 500,
  findsSessionWithoutCookie: false,
  adviceOnUnknownSubscribe: undefined,
  malformed: {
    "": 400,
    "{": 400,
    "7": 400,
    null: 500,
    "{}": 200,
    "[]": 500,
    "[null]": 500,
    "[[]]": 500,
    "[{}]": 200,
    '[{"channel":7}]': 500,
  },
};

describe.each(versions)("CometD %s", (version) => {
  testComet(
    async ({ timeout = 10_000, maxInterval = 10_000 }) => {
      const server = await javaServer(version, {
        comet: { timeout, maxInterval, maxSessionsPerBrowser: -1 },
      });
      return {
        url: `http://127.0.0.1:${server.port}/api/v2`,
        credentials,
        deliver: (data) => server.order({ notify: [{ topic: "/v2/me/interactions", data }] }),
        pass: wait,
      };
    },
    Number.parseInt(version, 10) < 5 ? upTo4 : from5,
  );
});
