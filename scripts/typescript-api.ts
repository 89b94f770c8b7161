/** The compiler API of TypeScript 6, because TypeScript 7, which everything else uses, has none. */
export { default as ts } from "./typescript-6/node_modules/typescript/lib/typescript.js";
