import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";
import { simulatorPlugin } from "../../demo/server/simulator-plugin.ts";

export default defineConfig({
  // A contact centre with customers, on the address of the page. With a server of your own, a proxy for /api instead.
  plugins: [react(), simulatorPlugin({ customers: true })],
  // deskstate is imported by its own name and taken from its source; an application needs none of these lines.
  resolve: { conditions: ["deskstate-source", ...defaultClientConditions] },
  cacheDir: "../../node_modules/.vite/react-desk",
  optimizeDeps: {
    include: ["cometd", "immer", "react", "react-dom/client", "react/jsx-dev-runtime", "xstate"],
    noDiscovery: true,
  },
});
