import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";
import { simulatorPlugin } from "./server/simulator-plugin.ts";

export default defineConfig({
  plugins: [react(), simulatorPlugin({ agents: 2 })],
  // deskstate is imported by its own name and taken from its source.
  resolve: { conditions: ["deskstate-source", ...defaultClientConditions] },
  cacheDir: "../node_modules/.vite/demo",
  // Named, so that Vite does not reload the page when it finds one of them later.
  optimizeDeps: {
    include: ["cometd", "immer", "react", "react-dom/client", "react/jsx-dev-runtime", "xstate"],
    noDiscovery: true,
  },
});
