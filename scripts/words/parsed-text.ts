import { ts } from "../typescript-api.ts";

/** The place of words: a TSDoc comment, any other comment or page, a string of the program, or a name. */
export type PartKind = "docstring" | "prose" | "string" | "name";

export interface Part {
  readonly kind: PartKind;
  readonly text: string;
  /** Where the text begins in its file. */
  readonly start: number;
}

/** Returns the parts of a file that contain words. In pages and components everything is prose. */
export function parsedText(file: string, text: string): Part[] {
  if (!/\.(ts|tsx|js)$/.test(file)) return [{ kind: "prose", text, start: 0 }];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const parts: Part[] = [];
  const comments = new Set<number>();
  const visit = (node: ts.Node) => {
    for (const range of ts.getLeadingCommentRanges(text, node.pos) ?? []) {
      if (comments.has(range.pos)) continue;
      comments.add(range.pos);
      const comment = text.slice(range.pos, range.end);
      parts.push({
        kind: comment.startsWith("/**") ? "docstring" : "prose",
        text: comment,
        start: range.pos,
      });
    }
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      if (!isOfLibrary(node)) parts.push({ kind: "name", text: node.text, start: node.getStart() });
    } else if (isText(node) && !isModuleName(node))
      parts.push({ kind: "string", text: node.getText(), start: node.getStart() });
    for (const child of node.getChildren(tree)) if (child.kind !== ts.SyntaxKind.JSDoc) visit(child);
  };
  visit(tree);
  return parts;
}

const isText = (node: ts.Node) =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddleOrTemplateTail(node) ||
  ts.isJsxText(node);

const isModuleName = (node: ts.Node) =>
  ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);

/** A name that is used as a member is counted where it is declared. */
const isOfLibrary = (node: ts.Node) =>
  ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
