/** What fails, told to the owner: one mail a day for each cause, and one line in Slack, whatever the number of its rows. */
import type { Intent, Property } from './book';
import { clockText, localDay } from './calendar';
import { isDemoHouse } from './demo';
import { type FailureKind, type FailureWords, failureWords } from './failure-words';
import { managerMail } from './manager-mail';
import type { MessageFields } from './message-fields';
import type { Run, RunBook } from './run-book';
import { FAILURE_KEY } from './templates';
import { type Instant, key, type Zone } from './values';
import { firstOfKey, slackAlert, URGENCY } from './wishes';

export interface Failure {
  /** The platform's id. */
  readonly platform: string;
  readonly title: string;
  readonly kind: FailureKind;
  /** Payments are read there. */
  readonly isMoney: boolean;
  /** The platform's own words. */
  readonly said: string;
}

/** Who is told, by what. */
export interface Told {
  readonly to: readonly string[];
  /** What can carry mail now, best first. */
  readonly carriers: readonly string[];
  readonly link: string;
}

/** A cause: of one platform and one kind of failure is told once a day. */
const causeOf = ({ platform, kind }: Pick<Failure, 'platform' | 'kind'>): string => `${platform}:${kind}`;

export function failureIntents(book: RunBook, run: Run, failures: readonly Failure[], told: Told): readonly Intent[] {
  const intents = failures.flatMap((failure) => {
    const words = failureWords(failure.kind, failure.title, failure.isMoney, book.settings.digestLanguage);
    return [mail(book, run, failure, words, told), line(book, run, failure, words)];
  });
  // Many rows of one cause want the same two.
  return firstOfKey(intents.filter((each) => each !== undefined));
}

export function failureFields(
  failure: Failure,
  words: FailureWords,
  { at, zone, link }: { readonly at: Instant; readonly zone: Zone; readonly link: string },
): MessageFields {
  return {
    failure_platform: failure.title,
    failure_short: words.short,
    failure_what: words.what,
    failure_means: words.means,
    failure_fix: words.fix,
    failure_said: failure.said,
    sheet_link: link,
    as_of: clockText(at, zone),
  };
}

/** What fails does not carry the news of it, where something else can. */
const carrierFor = ({ platform }: Failure, { carriers }: Told, otherwise: string): string =>
  carriers.find((each) => each !== platform) ?? otherwise;

function mail(book: RunBook, run: Run, failure: Failure, words: FailureWords, told: Told): Intent | undefined {
  const { zone, mailBy } = book.settings;
  if (told.to.length === 0) return undefined;
  return managerMail(book, run, {
    kind: FAILURE_KEY,
    name: `${causeOf(failure)}:${localDay(run.now, zone)}`,
    to: told.to.join(', '),
    by: carrierFor(failure, told, mailBy),
    fields: failureFields(failure, words, { at: run.now, zone, link: told.link }),
    zone,
    urgency: URGENCY.alert,
  });
}

const SLACK = 'slack';

/** In the first property's channel that has one. No words of the platform: they may name residents, and a channel is read by many. */
function line(book: RunBook, run: Run, failure: Failure, words: FailureWords): Intent | undefined {
  const houses = [...book.properties.values()].filter(({ name }) => !isDemoHouse(name));
  const house = houses.find((each) => each.slackChannel !== undefined) ?? houses.find((each) => each.slack);
  if (!house || failure.platform === SLACK) return undefined;
  const name = `${FAILURE_KEY}:${causeOf(failure)}:${localDay(run.now, book.settings.zone)}`;
  const text = [words.what, words.means, words.fix].join(' ');
  return slackAlert(name, house, run, text) ?? notice(name, house, run, text);
}

const notice = (name: string, { name: property, slackChannel = '' }: Property, run: Run, text: string): Intent => ({
  key: key(`${SLACK}:${name}`),
  channel: SLACK,
  kind: 'notice',
  property,
  to: slackChannel,
  subject: text.slice(0, 120),
  payload: { channel: slackChannel, text },
  notBefore: run.now,
  waitsForRelease: false,
  because: { rule: 'always' },
  urgency: URGENCY.alert,
});
