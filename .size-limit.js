// The byte budgets, min + gzip, of a browser bundle. They are what was reached and must not grow; the aim is 9, 14 and
// 40 kB. Node's gzip packs the same bytes in one of two ways from run to run, up to 0.2 kB apart; they hold for the
// worse, which is what gzipSync gives. In the bundle "#cookies" resolves to its default.
const core = ["dist/src/index.js", "dist/machines/index.js"];
const withLink = [...core, "dist/src/links/gws/index.js"];

const check = (name, limit, path, ignore) => ({
  name,
  limit,
  path,
  ignore,
  gzip: true,
  // One bundle of all entries, so that shared modules count once; without a format esbuild would wrap
  // externals in a `require` shim that no application ships.
  modifyEsbuildConfig: ({ entryPoints, ...config }) => ({
    ...config,
    stdin: {
      contents: entryPoints.map((file) => `export * from ${JSON.stringify(file)};`).join("\n"),
      resolveDir: import.meta.dirname,
    },
    format: "esm",
    platform: "browser",
    target: "es2022",
  }),
});

export default [
  check("store and charts, own code", "18.8 kB", core, ["xstate", "immer"]),
  check("with the link, own code", "29.1 kB", withLink, ["xstate", "immer", "cometd", "set-cookie-parser"]),
  check("inspecting, own code", "1 kB", ["dist/src/inspect/index.js"], []),
  check("react, own code", "1 kB", ["dist/src/react/index.js"], ["react", "../index.js"]),
  // Without the modules that the desk and its link have as well, and without those that a replay loads when a recording
  // needs them: for checkpoints, and for recordings of version 1.
  check(
    "recording, own code",
    "10.2 kB",
    ["dist/src/recording/index.js"],
    [
      "@noble/hashes",
      "../index.js",
      "../domain/clock.js",
      "../links/gws/index.js",
      "../../dialects/gws-8.5.1/index.js",
      "../../dialects/list-content.js",
      "./restore.js",
      "./version-1-placement.js",
    ],
  ),
  check("text, own code", "3.2 kB", ["dist/src/text/index.js"], []),
  check("vue, own code", "1.1 kB", ["dist/src/vue/index.js"], ["vue", "../index.js"]),
  check("with the link, xstate, immer and cometd", "57.4 kB", withLink, []),
];
