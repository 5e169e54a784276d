/** Templates as they are filled: which of their roles are the residents', and which tabs hold what the ledger knows. */
import { day } from '../../domain/calendar';
import { longDay, moneyWords } from '../../domain/dates';
import { cents } from '../../domain/money';
import { currency } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { type Account, askedAll, type EffectContext, type Flow } from '../connector';
import { read } from './api';

type Payload = EffectContext['payload'];

interface Person {
  readonly name: string;
  readonly email: string;
}

interface Role {
  readonly name: string;
  /** Whom the template itself names. */
  readonly taken?: Person;
  readonly labels: readonly string[];
}

interface Template {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface Filled {
  readonly templateId: string;
  readonly templateRoles: readonly object[];
}

const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the templates that are chosen, and fills the one that has a role for each resident. */
export function* filledTemplate(account: Account, chosen: string, payload: Payload): Flow<Filled> {
  const ids = chosen.split(/[\s,;]+/).filter((each) => each !== '');
  if (ids.length === 0) return fail('rejected', 'No DocuSign template is chosen for this. Choose one on its card.');
  const wrong = ids.find((id) => !ID.test(id));
  if (wrong !== undefined) return fail('rejected', `"${wrong}" is no template ID of DocuSign.`);
  const people = peopleIn(payload);
  const replies = yield* askedAll(...ids.map((id) => read(account, `/templates/${id}`, { include: 'tabs' })));
  const templates = replies.map((reply) => templateIn(bodyOf(reply, 'template')));
  const template = templates.find((each) => residentRoles(each, account).length === people.length);
  if (!template) return noneFits(templates, people.length);
  return { templateId: template.id, templateRoles: rolesOf(template, account, people, payload) };
}

function noneFits(templates: readonly Template[], people: number): never {
  const names = templates.map((each) => `"${each.name}"`).join(', ');
  return fail(
    'rejected',
    `None of the templates ${names} has just as many roles for residents as people are on the lease (${people}).`,
  );
}

/** Everybody on the lease signs, so everybody needs an address. */
function peopleIn(payload: Payload): readonly Person[] {
  const people = new Json(payload, 'payload').items('terms.people');
  if (people.length === 0) return fail('rejected', 'Nobody is on the lease who could sign.');
  return people.map((one) => {
    const [name, email] = [one.str('name'), one.opt('email')];
    return email ? { name, email } : fail('rejected', `The lease has no mail address of ${name}.`);
  });
}

// ---------------------------------------------------------------- roles

function templateIn(body: Json): Template {
  const roles = ['signers', 'carbonCopies'].flatMap((kind) => body.items(`recipients.${kind}`).map(roleIn));
  return { id: body.str('templateId'), name: body.opt('name') ?? '', roles };
}

function roleIn(one: Json): Role {
  const email = one.opt('email');
  return {
    name: one.opt('roleName') ?? '',
    ...(email ? { taken: { name: one.opt('name') ?? '', email } } : {}),
    labels: one.items('tabs.textTabs').flatMap((tab) => tab.opt('tabLabel') ?? []),
  };
}

const MANAGER = /landlord|manager|owner|lessor|agent/i;

const listIn = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const isManager = (role: Role, { DOCUSIGN_MANAGER_ROLE: named = '' }: Account): boolean =>
  named.trim() === '' ? MANAGER.test(role.name) : role.name === named.trim();

/** Those that the owner named, in that order; else all that are nobody's and not the manager's. */
function residentRoles(template: Template, account: Account): readonly Role[] {
  const named = listIn(account.DOCUSIGN_RESIDENT_ROLES);
  if (named.length > 0) return named.flatMap((name) => template.roles.find((role) => role.name === name) ?? []);
  return template.roles.filter((role) => !role.taken && !isManager(role, account));
}

/** A role that nobody fills would keep the envelope from leaving, so it is told before. */
function rolesOf(
  template: Template,
  account: Account,
  people: readonly Person[],
  payload: Payload,
): Filled['templateRoles'] {
  const residents = residentRoles(template, account);
  const manager = managerIn(payload);
  const values = valuesOf(payload);
  return template.roles.flatMap((role) => {
    const tabs = tabsOf(role, values);
    if (role.taken) return Object.keys(tabs).length > 0 ? [{ roleName: role.name, ...role.taken, ...tabs }] : [];
    const person = people[residents.indexOf(role)] ?? (isManager(role, account) ? manager : undefined);
    if (person) return [{ roleName: role.name, ...person, ...tabs }];
    return fail('rejected', `Nobody is to sign as "${role.name}" of the template "${template.name}".`);
  });
}

/** The manager of the property, under whose name letters go out. */
function managerIn(payload: Payload): Person | undefined {
  const offer = new Json(payload, 'payload');
  const email = offer.opt('terms.manager');
  return email ? { name: offer.str('property'), email } : undefined;
}

// ---------------------------------------------------------------- tabs

type Values = Readonly<Record<string, string>>;

/** Other words for what the ledger knows. */
const ALSO: Readonly<Record<string, string>> = {
  leaseid: 'lease',
  tenants: 'residents',
  tenant: 'residents',
  resident: 'residents',
  landlord: 'manager',
  monthlyrent: 'rent',
  securitydeposit: 'deposit',
  startdate: 'start',
  leasestart: 'start',
  enddate: 'end',
  leaseend: 'end',
  rentdueday: 'dueday',
  balance: 'amount',
};

/** Tabs are found by their label, whatever its case, blanks and lines; a label that is none of these stays as designed. */
function tabsOf({ labels }: Role, values: Values): { readonly tabs?: object } {
  const textTabs = labels.flatMap((tabLabel) => {
    const plain = tabLabel.toLowerCase().replace(/[^a-z]/g, '');
    const value = values[ALSO[plain] ?? plain];
    return value === undefined || value === '' ? [] : [{ tabLabel, value }];
  });
  return textTabs.length > 0 ? { tabs: { textTabs } } : {};
}

/** What the ledger knows, by the labels that a template may have for it. */
function valuesOf(payload: Payload): Values {
  const offer = new Json(payload, 'payload');
  const terms = offer.at('terms');
  const money = currency(offer.str('currency'));
  const amount = (holder: Json, path: string) => moneyWords(cents(holder.minor(path)), money, 'en');
  const end = terms.opt('end');
  return {
    lease: offer.str('leaseId'),
    property: offer.str('property'),
    unit: offer.opt('unit') ?? '',
    address: terms.opt('address') ?? '',
    residents: terms
      .list('people')
      .map((one) => one.str('name'))
      .join(', '),
    manager: terms.opt('manager') ?? '',
    rent: amount(terms, 'rentCents'),
    deposit: amount(terms, 'depositCents'),
    start: longDay(terms.day('start'), 'en'),
    end: end ? longDay(day(end), 'en') : '',
    dueday: String(terms.int('dueDay')),
    amount: amount(offer, 'amountCents'),
    plan: offer.opt('note') ?? '',
    note: offer.opt('note') ?? '',
  };
}
