import { createBrowserInspector } from "@statelyai/inspect";
import type { Desk } from "deskstate";
import { inspectDesk } from "deskstate/inspect";

/** Shows the desk of a page to Stately's inspector, in the window whose page is beside this file. */
const { desk } = window as unknown as { readonly desk: Desk };
const { href } = new URL("./index.html", import.meta.url);
inspectDesk(desk, createBrowserInspector({ url: href }));
