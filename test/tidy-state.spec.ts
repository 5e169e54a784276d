/** The law that lets a realm of the local host serve again: the source keeps nothing in globals from one execution to the next. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SRC = join(__dirname, '../src');
const files = (readdirSync(SRC, { recursive: true }) as string[])
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));

/** Kept between calls because it follows from what it was asked with: whoever finds it kept and whoever works it out get the same. */
const WORKED_OUT: ReadonlySet<string> = new Set([
  ...[
    'domain/calendar.ts numbers',
    'domain/calendar.ts days',
    'domain/calendar.ts anchors',
    'domain/calendar.ts formats',
  ],
  ...['domain/dates.ts formats', 'domain/law.ts found'],
]);

/** What a file holds for as long as it is loaded and may change: each `let`, and each Map, Set, list or record without `readonly`. */
function stateOf(path: string): string[] {
  const tree = ts.createSourceFile(path, readFileSync(join(SRC, path), 'utf8'), ts.ScriptTarget.ES2022, true);
  const lists = tree.statements.filter((statement) => ts.isVariableStatement(statement) && !isAmbientList(statement));
  return lists.flatMap((statement) => {
    const { flags, declarations } = (statement as ts.VariableStatement).declarationList;
    return declarations
      .filter((each) => (flags & ts.NodeFlags.Const) === 0 || isEmptyStore(each))
      .map((each) => `${path} ${each.name.getText()}`);
  });
}

const isAmbientList = (statement: ts.VariableStatement): boolean =>
  !!ts.getModifiers(statement)?.some((each) => each.kind === ts.SyntaxKind.DeclareKeyword);

/** Made empty and not read-only, so it is there to be filled. What is known by an object (WeakMap) goes with the object. */
function isEmptyStore({ type, initializer: made }: ts.VariableDeclaration): boolean {
  if (!made || /^readonly/i.test(type?.getText() ?? '')) return false;
  if (ts.isArrayLiteralExpression(made)) return made.elements.length === 0;
  if (ts.isObjectLiteralExpression(made)) return made.properties.length === 0;
  const isStore = ts.isNewExpression(made) && ['Map', 'Set', 'Array'].includes(made.expression.getText());
  return isStore && !made.arguments?.length;
}

describe('an execution', () => {
  it('leaves nothing behind in globals but what anybody would work out again, so that a realm may serve the next one', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(files.flatMap(stateOf).filter((name) => !WORKED_OUT.has(name))).toEqual([]);
  });
});
