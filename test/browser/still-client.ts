import type { Plugin } from "vite";

/** All that modules of a page use of Vite's client. */
const client = `
import "@vite/env";
const sheets = new Map();
export function updateStyle(id, css) {
  const sheet = sheets.get(id) ?? document.head.appendChild(document.createElement("style"));
  sheets.set(id, sheet);
  sheet.textContent = css;
}
export const removeStyle = (id) => sheets.get(id)?.remove();
export const createHotContext = () => ({ data: {}, accept() {}, dispose() {}, on() {}, prune() {} });
export const injectQuery = (url) => url;
`;

/**
 * Takes from a served page the client of Vite: it keeps a WebSocket and reloads the page when that is cut, which is
 * just what the tests of a network do.
 */
export function stillClient(): Plugin {
  return {
    name: "still-client",
    enforce: "pre",
    load: (id) => (id.split("?")[0]!.endsWith("/vite/dist/client/client.mjs") ? client : undefined),
  };
}
