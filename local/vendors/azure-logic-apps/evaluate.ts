/** What the texts of a definition come to while a run goes on. */
import { BadExpression, type Expression, plain, templateOf } from './expressions';
import { PURE, textOf } from './functions';
import { type ActionResult, type Members, moment, type Run, type Workflow, workflowPath } from './state';

/** What an expression may look at. */
export interface Scope {
  readonly workflow: Workflow;
  readonly run: Run;
  readonly nowMs: number;
}

/** A definition's value with all its expressions worked out. */
export function worked(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return workedText(value, scope);
  if (Array.isArray(value)) return value.map((each) => worked(each, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, worked(each, scope)]));
}

function workedText(text: string, scope: Scope): unknown {
  const template = templateOf(text);
  if (!template) return plain(text);
  if ('whole' in template) return valueFor(template.whole, scope);
  return template.pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(valueFor(piece, scope)))).join('');
}

function valueFor(expression: Expression, scope: Scope): unknown {
  if (expression.kind === 'value') return expression.value;
  if (expression.kind === 'at') {
    const [from, key] = [valueFor(expression.from, scope), valueFor(expression.key, scope)];
    if (typeof from !== 'object' || from === null) {
      if (expression.isSafe) return null;
      throw new BadExpression(`The property '${textOf(key)}' cannot be selected: there is nothing to select it from.`);
    }
    const found = (from as Members)[textOf(key)];
    if (found === undefined && !expression.isSafe)
      throw new BadExpression(`The property '${textOf(key)}' doesn't exist.`);
    return found ?? null;
  }
  const of = expression.of.map((each) => valueFor(each, scope));
  const name = expression.name.toLowerCase();
  const pure = PURE[name];
  if (pure) return pure(...of);
  const special = SPECIAL[name];
  if (!special) throw new Error(`The sandbox cannot compute ${expression.name}() of the workflow language.`);
  return special(scope, textOf(of[0]));
}

const resultOf = ({ run }: Scope, name: string): ActionResult => {
  const result = run.results[name];
  if (!result) throw new BadExpression(`The action '${name}' has not run.`);
  return result;
};

const SPECIAL: Readonly<Record<string, (scope: Scope, name: string) => unknown>> = {
  parameters: ({ workflow }, name) => parameterValue(workflow, name),
  triggerbody: ({ run }) => run.triggerOutputs.body ?? null,
  triggeroutputs: ({ run }) => run.triggerOutputs,
  outputs: (scope, name) => resultOf(scope, name).outputs ?? null,
  body: (scope, name) => (resultOf(scope, name).outputs as Members | undefined)?.body ?? null,
  utcnow: ({ nowMs }) => moment(nowMs),
  workflow: ({ workflow, run }) => {
    const id = workflowPath(workflow.name);
    const type = 'Microsoft.Logic/workflows';
    const tags = workflow.tags;
    return {
      ...{ id, name: workflow.name, type, location: workflow.location, tags },
      run: { id: `${id}/runs/${run.name}`, name: run.name, type: `${type}/runs` },
    };
  },
};

/** What was given, or else the default of the definition. */
export function parameterValue({ definition, parameters }: Workflow, name: string): unknown {
  const declared = (definition.parameters ?? {}) as Record<string, { defaultValue?: unknown }>;
  return parameters[name]?.value ?? declared[name]?.defaultValue ?? null;
}
