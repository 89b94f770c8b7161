import { PassThrough } from "node:stream";
import type { ReadStream } from "node:tty";
import { describe, expect, test } from "vitest";
import { findPassword } from "../../src/load/password.ts";

function terminal() {
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => modes.push(mode),
  });
  const stderr = new PassThrough();
  const asked = findPassword("ana", { env: {}, stdin: stdin as unknown as ReadStream, stderr });
  return {
    asked,
    modes,
    type: (keys: string) => stdin.write(keys),
    shown: () => String(stderr.read() ?? ""),
  };
}

describe("the password", () => {
  test("is that of the environment, where it is set", async () => {
    const stdin = new PassThrough() as unknown as ReadStream;
    const found = findPassword("ana", { env: { DESKSTATE_PASSWORD: "x" }, stdin, stderr: new PassThrough() });
    expect(await found).toBe("x");
  });

  test("is asked for at a terminal, where it is not shown", async () => {
    const { asked, modes, type, shown } = terminal();
    type("other\u0015gehX\u007feim Ü🙂");
    type("\r");
    expect(await asked).toBe("geheim Ü🙂");
    expect(shown()).toBe("Password of ana (it is not shown): \n");
    expect(modes).toEqual([true, false]);
  });

  test("may be refused by Ctrl-C", async () => {
    const { asked, modes, type } = terminal();
    type("gehe\u0003");
    await expect(asked).rejects.toMatchObject({ exitCode: 1, message: "No password was given." });
    expect(modes).toEqual([true, false]);
  });

  test("is missing where there is neither", async () => {
    const stdin = new PassThrough() as unknown as ReadStream;
    const found = findPassword("ana", { env: { DESKSTATE_PASSWORD: "" }, stdin, stderr: new PassThrough() });
    await expect(found).rejects.toMatchObject({ exitCode: 2 });
  });
});
