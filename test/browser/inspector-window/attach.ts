import { createBrowserInspector } from "@statelyai/inspect";
import type { Desk } from "deskstate";
import { inspectDesk } from "deskstate/inspect";

/** What a page does to show its desk to Stately's inspector; the window that this opens is the one beside this file. */
const { desk } = window as unknown as { readonly desk: Desk };
const { href } = new URL("./index.html", import.meta.url);
inspectDesk(desk, createBrowserInspector({ url: href }));
