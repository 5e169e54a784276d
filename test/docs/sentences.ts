/** The sentences that the add-on can say to a person, read from its own sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

export interface Said {
  readonly file: string;
  /** What varies stands as `…`. */
  readonly text: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => {
    const path = join(folder, each.name);
    if (each.isDirectory()) return sourceFiles(path);
    return each.name.endsWith('.ts') ? [path] : [];
  });
}

/** The text of a literal, a template or a sum of them; undefined for other expressions. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** A sentence for people: words between spaces, and a full stop. Messages of programmer errors are none. */
const isSentence = (text: string): boolean =>
  /[a-z] \S/.test(text) && /\.$/.test(text.trim()) && !/ledger bug/i.test(text);

function sentencesOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2020, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text === undefined) ts.forEachChild(node, visit);
    else if (isSentence(text)) found.push(text.trim());
  };
  visit(source);
  return found;
}

/** Every sentence in the sources under a folder; `root` makes the file names short. */
export function sentences(root: string, folder: string): Said[] {
  return sourceFiles(join(root, folder)).flatMap((path) =>
    sentencesOf(path).map((text) => ({ file: relative(root, path), text })),
  );
}
