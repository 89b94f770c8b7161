// Checks the English of code, comments, texts and pages against the list of words that this repository does not use.
// `npm run words` fails where a file has more of them than etc/words.json allows; a file that is not listed there may have
// none. `npm run words -- PATH…` lists the words under the paths, and `npm run words -- --write` lowers the allowances.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type FoundWords, findWords } from "./words/find-words.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const allowanceFile = `${root}etc/words.json`;
const checked = /\.(ts|tsx|js|vue|md|html|yml)$/;
/** Files that quote the words on purpose, and files that other files are written into. */
const unchecked = /^(scripts\/words\/|test\/house\/words\.test\.ts$|etc\/|CHANGELOG\.md$|test\/recorded\/)/;

const findingsIn = (file: string) => findWords(file, readFileSync(root + file, "utf8"));

const report = (file: string, findings: readonly FoundWords[]) => {
  for (const { line, words, advice } of findings) console.error(`${file}:${line} "${words}": ${advice}`);
};

const [first, ...others] = process.argv.slice(2);
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => checked.test(file) && !unchecked.test(file) && existsSync(root + file));
const allowances = JSON.parse(
  existsSync(allowanceFile) ? readFileSync(allowanceFile, "utf8") : "{}",
) as Readonly<Record<string, number>>;
const total = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

if (first !== undefined && first !== "--write") {
  const paths = [first, ...others];
  for (const file of files) if (paths.some((path) => file.startsWith(path))) report(file, findingsIn(file));
} else {
  const counts: Record<string, number> = {};
  const tooMany: [string, FoundWords[]][] = [];
  for (const file of files) {
    const findings = findingsIn(file);
    if (findings.length > 0) counts[file] = findings.length;
    if (findings.length > (allowances[file] ?? 0)) tooMany.push([file, findings]);
  }
  const isFirst = Object.keys(allowances).length === 0;
  if (first === "--write" && (isFirst || total(counts) <= total(allowances))) {
    writeFileSync(allowanceFile, `${JSON.stringify(counts, null, 2)}\n`);
    console.log(`etc/words.json allows ${total(counts)} words in ${Object.keys(counts).length} files.`);
  } else if (tooMany.length > 0) {
    for (const [file, findings] of tooMany) report(file, findings);
    console.error(`${tooMany.length} files have more such words than etc/words.json allows.`);
    process.exitCode = 1;
  } else console.log(`${total(counts)} words of the list are left, ${total(allowances)} are allowed.`);
}
