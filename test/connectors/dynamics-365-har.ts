/** Holds the columns that were written, inside batches too, against those that Microsoft's Common Data Model names. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { descriptionOf } from '../vendors/published';

interface Entry {
  readonly request: { readonly url?: unknown; readonly postData?: { readonly text?: string } };
}

/** Of all activities and of all tables, whose columns the model writes elsewhere. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  tasks: ['subject', 'scheduledend', 'statuscode', 'statecode'],
};

/** Names that the model does not have: `tasks.shoesize`. Columns of the owner's own have a prefix. */
export function checkHar(har: unknown): readonly string[] {
  const { log } = har as { log: { entries: readonly unknown[] } };
  const file = join(dirname(descriptionOf('dynamics-365')), 'entities.json');
  const { entities, entitySets } = JSON.parse(readFileSync(file, 'utf8')) as {
    entities: Record<string, { name: string }[]>;
    entitySets: Record<string, string>;
  };
  const columns = new Map(
    Object.entries(entitySets).map(([table, set]) => [set, (entities[table] ?? []).map(({ name }) => name)]),
  );
  const part = /^(?:POST|PATCH) \/api\/data\/v9\.0\/(\w+)\S* HTTP\/1\.1\r\n(?:[\w-]+: [^\r]*\r\n)*\r\n(\{.*\})/gm;
  return (log.entries as readonly Entry[]).flatMap(({ request }) =>
    [...(request.postData?.text ?? '').matchAll(part)].flatMap(([, set = '', body = '']) =>
      Object.keys(JSON.parse(body) as object)
        .filter((name) => !name.includes('@') && !/^new_/.test(name))
        .filter((name) => !columns.get(set)?.includes(name) && !ELSEWHERE[set]?.includes(name))
        .map((name) => `${set}.${name}`),
    ),
  );
}
