/*
 * All texts of errors: what failed, why, what to do. Separate functions, so that a bundle holds only those that it uses.
 */

export const notSent = (operation: string, why: string) => `${operation} was not sent: ${why}.`;

export const invalidArgument = (name: string, expected: string, got: string) =>
  `"${name}" must be ${expected}, but it is ${got}`;

export const unknownArgument = (name: string, known: readonly string[]) =>
  `it has no argument "${name}". It takes ${known.join(", ") || "none"}`;

export const notAnObject = (got: string) => `its arguments must be one object, but they are ${got}`;

export const notExactlyOne = (names: readonly string[]) => `give exactly one of ${names.join(", ")}`;

export const unsafeId = (what: string) =>
  `The ${what} cannot be part of an address: it must not be empty, "." or "..", nor contain "/", "\\" or control characters.`;

export const option = (name: string, expected: string, got: string) =>
  `The option "${name}" must be ${expected}, but it is ${got}.`;

export const insecureUrl = (host: string) =>
  `Refusing to send credentials to ${host} over plain http. Use https, or set allowInsecureHttp: true if you accept that.`;

export const urlWithSecrets = () =>
  'The option "url" must not contain a user or password. Give them as credentials instead.';

export const authentication = () =>
  "The server refused the credentials. Check user and password, then start again.";

export const refused = () => "The server refuses this client. Start again to retry.";

export const stopped = () => "The desk was stopped before it was live.";

export const noProvider = (how: string) =>
  `There is no desk to read: no component above this one provides it. Provide it there by ${how}.`;
