/** The Log's groups hold every kind of line that the sources write, so that no filter loses one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { isInGroup, LOG_GROUPS } from '../../src/api/desk/log-kinds';

const SRC = join(__dirname, '../../src');
const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((path) => path.endsWith('.ts'));

/** What the second argument of logLine can be; of a template the words before what varies. */
function wordsOf(node: ts.Node): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text];
  return ts.isConditionalExpression(node) ? [...wordsOf(node.whenTrue), ...wordsOf(node.whenFalse)] : [];
}

function kindsIn(path: string): string[] {
  const tree = ts.createSourceFile(path, readFileSync(join(SRC, path), 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'logLine') {
      const [, kind] = node.arguments;
      if (kind) found.push(...wordsOf(kind));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

describe('the groups of the Log', () => {
  const kinds = [...new Set(files.flatMap(kindsIn))];

  it('hold each kind that is written, and each one once', () => {
    expect(kinds).toEqual(expect.arrayContaining(['delivery', 'contact', 'effect ', 'setting', 'link ended']));
    const groupsOf = (kind: string) => LOG_GROUPS.filter((group) => isInGroup(group, kind));
    expect(kinds.filter((kind) => groupsOf(kind).length !== 1).map((kind) => [kind, ...groupsOf(kind)])).toEqual([]);
  });

  it('find what is told of a message under messages', () => {
    const told = ['effect sent', 'effect scheduled', 'not sent', 'goes one way only', 'delivery', 'contact'];
    expect(told.filter((kind) => !isInGroup('messages', kind))).toEqual([]);
  });
});
