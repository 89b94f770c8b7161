// Vite's alias reaches modules; what packages require for themselves, Node resolves. Here it gives them React 18 as well.
const Module = require("node:module");

const find = Module._resolveFilename;
const isReact = /^react(-dom)?(\/|$)/;
Module._resolveFilename = (request, parent, ...rest) => {
  const paths = isReact.test(request) ? [{ paths: [`${__dirname}/react-18/node_modules`] }] : rest.slice(1);
  return find(request, parent, rest[0], ...paths);
};
