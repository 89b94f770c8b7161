import { describe, expect, test } from "vitest";
import { until } from "../link/until.ts";
import { interopDesk } from "./interop-desk.ts";
import { versions } from "./versions.ts";

describe.each(versions)("CometD %s", (version) => {
  test("a desk signs in, becomes Live, and its stop removes the session at the server immediately", async () => {
    const { desk, server, anomalyCodes } = await interopDesk(version);
    await desk.start();
    expect(desk.connection).toMatchObject({ state: "Live" });
    expect(anomalyCodes()).toEqual([]);
    expect(server.count("StartContactCenterSession")).toBe(1);
    await desk.stop();
    await until("the server saw everything", () => server.count("EndContactCenterSession") === 1);
    const ends = server.seen.map(({ saw }) => saw).filter((saw) => /disconnect|removed|End/.test(saw));
    expect(ends).toEqual(["/meta/disconnect", "removed", "EndContactCenterSession"]);
    expect(server.seen.find(({ saw }) => saw === "removed")).toMatchObject({ isTimeout: false });
  });

  test("a server without the ack extension is used, and that is reported", async () => {
    const { desk, anomalyCodes } = await interopDesk(version, { ack: false });
    await desk.start();
    expect(anomalyCodes()).toEqual(["not-acknowledging"]);
  });
});
