import { DeskError, type Link } from "../index.ts";
import { gws, type GwsOptions } from "../links/gws/index.ts";
import { CommandFailure } from "./failure.ts";

/** Creates a link, and names an invalid option as the command line spells it. @throws CommandFailure */
export function createLink(options: GwsOptions): Link {
  try {
    return gws(options);
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    const text =
      error.code === "insecure-url"
        ? "Refusing to send a password over plain http. Use https, or add --allow-insecure-http to accept it."
        : error.message
            .replace('The option "url"', "--url")
            .replace('The option "credentials.user"', "--user");
    throw new CommandFailure(2, text);
  }
}
