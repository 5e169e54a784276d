/** docs/connectors.md, written from the connectors: what each reads and writes, how it stays once, its limits and its sandbox. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../src/connectors';
import type { Account, Connector, Effect } from '../src/connectors/connector';
import { onceOf } from '../src/outbox/effect';
import { all } from './story/all';
import type { Chapter } from './story/chapter';

const HEAD = `# The platforms

Written by \`npm run docs\` from the connectors and from the chapters of the stories; a test fails where it is stale. How each is connected
stands in its guide. Gmail is no connector: the mail service of the script itself sends, and [its guide](connect/gmail.md) says how.

How an effect stays once, after a run that died or an answer that was lost:

| | |
|---|---|
| key | the request is repeated with the same idempotency key, which the vendor knows |
| id | it is written under an id of ours: writing it twice comes to the same |
| lookup | the vendor is asked for our mark before it is repeated |
| ask | nothing can tell: a person looks, and says whether it arrived |
`;

const ONCE: Readonly<Record<string, string>> = {
  'vendor-key': 'key',
  'natural-id': 'id',
  lookup: 'lookup',
  ask: 'ask',
};

/** Accounts that differ in one choice each, for what depends on the account. */
const variants = ({ credentials }: Connector): readonly Account[] => [
  {},
  ...credentials.flatMap(({ name, choices = [] }) => choices.map((choice) => ({ [name]: choice }))),
];

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

function effectLine(connector: Connector, name: string, effect: Effect): string {
  const once = distinct(variants(connector).map((account) => ONCE[onceOf(effect, account)] ?? '')).join(' or ');
  const more = [
    ...(effect.batch ? [`up to ${effect.batch.most} at once`] : []),
    ...(effect.schedule ? ['may be held there until its hour'] : []),
    ...(effect.followed ? ['its end is asked for'] : []),
  ].join('; ');
  return `| ${name} | ${once} |${more ? ` ${more}` : ''} |`;
}

function limitsOf(connector: Connector): string {
  const { limits = {} } = connector;
  const days = distinct(variants(connector).map((account) => limits.perDay?.(account))).filter(
    (count) => count !== undefined,
  );
  const figures = distinct(variants(connector).map((account) => connector.figuresEveryMinutes?.(account) ?? 0)).filter(
    (minutes) => minutes > 0,
  );
  const told = [
    ...(limits.concurrency ? [`${limits.concurrency} requests side by side`] : []),
    ...(limits.perMinute ? [`${limits.perMinute} a minute`] : []),
    ...(days.length > 0
      ? [`${days.map((count) => count.toLocaleString('en-US')).join(' or ')} a day, by the plan`]
      : []),
    ...(figures.length > 0 ? [`figures alone are told every ${figures.join(' or ')} minutes`] : []),
  ];
  return told.join('; ') || 'those of the client: politeness, and what the vendor answers';
}

function signsIn({ oauth, ownToken, credentials }: Connector): string {
  if (ownToken) return "the script's own token";
  if (!oauth) return credentials.some((field) => field.secret !== false) ? 'keys that the owner enters' : 'no key';
  const way = oauth.grant === 'code' ? 'the owner signs in there' : 'a token had with the keys that the owner enters';
  return oauth.instead ? `${way}, or a token that is entered` : way;
}

const tellsOf = ({ tells = {} }: Connector): string =>
  Object.entries(tells)
    .map(([kind, leases]) => `${kind} of ${leases}`)
    .join(', ');

const list = (lines: readonly string[]): string => lines.map((line) => `  - ${line}`).join('\n');

function capabilities(connector: Connector): string {
  const { receipts, books, deliveries, mirror, roster, banks, payouts, sample, rehearse } = connector;
  const has = [
    ...(receipts ? ['payments become receipts'] : []),
    ...(payouts ? ['payouts are known in the bank'] : []),
    ...(books ? ['books are kept in step and compared each night'] : []),
    ...(banks ? ['banks are linked'] : []),
    ...(deliveries ? ['what became of messages and documents is read'] : []),
    ...(mirror?.pull ? ["people's changes are read"] : []),
    ...(roster ? ['leases are taken over'] : []),
    ...(sample ? ['a real row is shown beside ours'] : []),
    ...(rehearse ? ['a dry run shows the request'] : []),
  ];
  return has.join('; ') || 'it is written to';
}

function section(connector: Connector, chapter: Chapter | undefined): string {
  const { id, title, group, hosts, ownHosts, reads, writes, effects = {} } = connector;
  const seen = chapter?.operations.map(({ name }) => name) ?? [];
  const told = tellsOf(connector);
  const lines = [
    `## ${title}`,
    '',
    `${group}. [Guide](connect/${id}.md)`,
    '',
    `- What it is for: ${capabilities(connector)}`,
    `- Signing in: ${signsIn(connector)}`,
    `- Hosts: ${[...hosts.map((host) => `\`${host}\``), ...(ownHosts ? ["the customer's own, as entered"] : [])].join(', ')}`,
    `- Limits kept: ${limitsOf(connector)}`,
    ...(told ? [`- Told of the ledger: ${told}`] : []),
    `- Reads:\n${list(reads)}`,
    `- Writes:\n${list(writes)}`,
    `- Its sandbox is driven by its chapter of the story through ${seen.length} operations: ${seen.join(', ')}`,
    '',
    '| Effect | Once by | |',
    '|---|---|---|',
    ...Object.entries(effects).map(([name, effect]) => effectLine(connector, name, effect)),
  ];
  return lines.flatMap((line) => (line.startsWith('- ') ? wrapped(line) : [line])).join('\n');
}

const WIDE = 120;

/** A bullet over as many lines as it takes to be read; what lies below it stands as it is. */
function wrapped(bullet: string): readonly string[] {
  const [first = '', ...below] = bullet.split('\n');
  const lines: string[] = [];
  for (const word of first.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && `${last} ${word}`.length <= WIDE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `  ${word}`);
  }
  return [...lines, ...below];
}

export function connectorsDoc(): string {
  const chapters = new Map(all.chapters.map((chapter) => [chapter.platform, chapter]));
  return `${[HEAD.trimEnd(), ...connectors.map((each) => section(each, chapters.get(each.id)))].join('\n\n')}\n`;
}

/** Writes it below the root of the repository. */
export const writeConnectorsDoc = (root: string): void =>
  writeFileSync(join(root, 'docs/connectors.md'), connectorsDoc());

if (process.argv.includes('--write')) writeConnectorsDoc(process.cwd());
