/** The people: who shares the lease, how this one is reached, and whom to ask. */
import type { PageAddress } from '../../src/api/resident/pages';
import type { ContactView, PageLanguage, ResidentView } from '../../src/api/resident/view';
import { isPlainMail } from './address';
import { ActForm, Button, Choice, Field, More, Section } from './kit';
import type { Reader } from './reader';
import { LANGUAGES } from './words';

interface PeopleProps {
  readonly view: ResidentView;
  readonly reader: Reader;
}

export function People({ view, reader }: PeopleProps) {
  const { words, money } = reader;
  if (view.people.length < 2) return null;
  return (
    <Section id="people" title={words.account.peopleTitle}>
      <p>{words.account.peopleJoint}</p>
      <ul class="rows">
        {view.people.map((person, index) => (
          <li key={`${person.name}-${index}`} class="pair">
            <span>
              {person.name} {person.you ? words.account.you : ''}
            </span>
            <span class="figure">
              {words.account.share(money(person.shareCents))}, {words.account.paidThisMonth(money(person.paidCents))}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface ReachProps {
  readonly contact: ContactView;
  readonly language: PageLanguage;
  readonly reader: Reader;
  readonly at: PageAddress;
}

export function Reach({ contact, language, reader, at }: ReachProps) {
  const { contact: words } = reader.words;
  return (
    <Section id="reach" title={words.title}>
      {contact.email === '' ? null : <p>{words.email(contact.email)}</p>}
      {contact.phone === '' ? null : <p>{words.phone(contact.phone)}</p>}
      {contact.smsStopped ? <p class="note">{words.smsStopped}</p> : null}
      <More title={words.change}>
        <ActForm at={at} act="preferences">
          <Choice
            id="prefer-by"
            name="notifyBy"
            label={words.notifyBy}
            value={contact.notifyBy}
            options={Object.entries(words.ways)}
          />
          <Choice
            id="prefer-language"
            name="language"
            label={words.language}
            value={language}
            options={Object.entries(LANGUAGES)}
          />
          <Consent contact={contact} reader={reader} />
          <Field
            id="prefer-phone"
            name="phone"
            type="tel"
            label={words.newPhone}
            hint={words.newPhoneHint}
            complete="tel"
            length={40}
          />
          <Button>{words.save}</Button>
        </ActForm>
      </More>
    </Section>
  );
}

const Consent = ({ contact, reader }: Pick<ReachProps, 'contact' | 'reader'>) => (
  <div class="field">
    <div class="check">
      <input
        id="prefer-consent"
        name="smsConsent"
        type="checkbox"
        value="yes"
        checked={contact.smsConsent}
        aria-describedby="prefer-consent-hint"
      />
      <label for="prefer-consent">{reader.words.contact.smsConsent}</label>
    </div>
    <span class="hint" id="prefer-consent-hint">
      {reader.words.contact.smsConsentHint}
    </span>
  </div>
);

export function Contact({ view, reader }: PeopleProps) {
  const { account } = reader.words;
  const { managerName, managerEmail, address } = view.property;
  const [before = '', after = ''] = account.contactBy('\0').split('\0');
  return (
    <Section id="contact" title={account.contactTitle}>
      {managerName === '' ? null : <p>{account.contact(managerName)}</p>}
      {isPlainMail(managerEmail) ? (
        <p>
          {before}
          <a href={`mailto:${managerEmail}`}>{managerEmail}</a>
          {after}
        </p>
      ) : null}
      {address === '' ? null : <p class="soft">{address}</p>}
      <p class="soft">{account.careful}</p>
    </Section>
  );
}
