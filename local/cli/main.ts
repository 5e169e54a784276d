/** The command line of the local host: finds the verb, checks its words, runs it, and says how it went. */
import { Refused, UsageError } from './errors';
import type { Io } from './io';
import { COMMON, readWords, type Words } from './options';
import type { Outcome, Verb } from './verb';
import { demoVerb } from './verbs/demo';
import { exportVerb } from './verbs/export';
import { failVerb } from './verbs/fail';
import { importVerb, vendorVerb } from './verbs/import';
import { jobVerbs } from './verbs/jobs';
import { linkVerb } from './verbs/link';
import { newVerb } from './verbs/new';
import { serveVerb } from './verbs/serve';
import { statusVerb } from './verbs/status';
import { storyVerb } from './verbs/story';
import { untilVerb } from './verbs/until';
import { repairVerb, verifyVerb } from './verbs/verify';
import { aligned } from './words';

const PROGRAM = 'npm run local --';

const VERBS: readonly Verb[] = [
  serveVerb,
  demoVerb,
  newVerb,
  importVerb,
  vendorVerb,
  untilVerb,
  ...jobVerbs,
  exportVerb,
  verifyVerb,
  repairVerb,
  linkVerb,
  failVerb,
  statusVerb,
  storyVerb,
];

const HELP = [
  'Rent Ledger on this computer: the add-on, a spreadsheet, a mailbox and the payment platforms, under one clock.',
  '',
  ...VERBS.flatMap((verb) => [`  ${verb.usage}`, `      ${verb.about}`]),
  '',
  'BOOK is a folder that holds one world. Any of them takes:',
  ...aligned([
    ['--har FILE', 'records all HTTP of the run, secrets taken out'],
    ['--json', 'one JSON object on standard output and nothing else'],
  ]),
];

function findVerb(words: Words): Verb {
  if (words.verb === undefined) throw new UsageError('No verb is given.');
  const verb = VERBS.find((each) => each.name === words.verb);
  if (verb !== undefined) return verb;
  throw new UsageError(`"${words.verb}" is no verb. There is: ${VERBS.map((each) => each.name).join(', ')}.`);
}

function checkWords(verb: Verb, { operands, values, flags }: Words): void {
  const [least, most] = verb.operands;
  for (const name of [...Object.keys(values), ...flags]) {
    const known = (COMMON as readonly string[]).includes(name) || (verb.options as readonly string[]).includes(name);
    if (!known) throw new UsageError(`${verb.name} takes no --${name}.`);
  }
  if (operands.length < least) throw new UsageError(`${verb.name} needs more words than were given.`);
  if (operands.length > most) throw new UsageError(`"${operands[most]}" is one word too many.`);
}

function print(io: Io, { json, lines }: Outcome, asJson: boolean): void {
  if (asJson && json !== undefined) io.out(`${JSON.stringify(json)}\n`);
  else if (!asJson && lines.length > 0) io.out(`${lines.join('\n')}\n`);
}

function complain(io: Io, error: unknown, verb: Verb | undefined, asJson: boolean): number {
  const isUsage = error instanceof UsageError;
  const isOurs = isUsage || error instanceof Refused;
  const { message, stack } = error as Error;
  const usage = verb === undefined ? `${PROGRAM} --help` : `${PROGRAM} ${verb.usage}`;
  if (asJson) io.out(`${JSON.stringify({ ok: false, error: message, ...(isUsage ? { usage } : {}) })}\n`);
  else io.err(isOurs ? `${message}\n` : `This is a defect of the local host. ${stack ?? message}\n`);
  if (isUsage && !asJson) io.err(`usage: ${usage}\n`);
  return isUsage ? 2 : 1;
}

/** Runs one command and returns its exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let verb: Verb | undefined;
  // Known before the words are read, so that a wrong option is told in JSON as well.
  const asJson = argv.includes('--json');
  try {
    const words = readWords(argv);
    if (words.flags.has('help')) {
      print(io, { json: { ok: true, help: HELP }, lines: HELP }, asJson);
      return 0;
    }
    verb = findVerb(words);
    checkWords(verb, words);
    const say = (line: string) => {
      if (!asJson) io.err(`${line}\n`);
    };
    const outcome = await verb.run({ io, words, say });
    print(io, outcome, asJson);
    return outcome.exit ?? 0;
  } catch (error) {
    return complain(io, error, verb, asJson);
  }
}
