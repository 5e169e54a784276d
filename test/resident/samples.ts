/** Views of residents in every state that a page can be in; the figures of each agree with one another. */
import type { PageAddress } from '../../src/api/resident/pages';
import type { ReceiptView, StatementView, YearView } from '../../src/api/resident/papers';
import type { LedgerLine, OpenLine, PageHead, PlanView, ResidentView } from '../../src/api/resident/view';
import { addDays, day, monthKey } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { currency, instant, key, zone } from '../../src/domain/values';

export const AT: PageAddress = {
  url: 'https://script.example/macros/s/AKfycb0/exec',
  page: `0123456789abcdef0123456789abcdef.1.${'s'.repeat(43)}`,
  request: 'r-5f2d7c9e0a4b4c6d8e1f',
};

export const HEAD: PageHead = {
  language: 'en',
  tag: 'en-US',
  currency: currency('USD'),
  zone: zone('America/New_York'),
  today: day('2026-11-07'),
  property: {
    name: 'Elm House',
    address: '1 Elm Street, Springfield',
    managerName: 'Elm Management',
    managerEmail: 'ann@example.com',
  },
  unit: '4B',
  names: 'Maria Silva',
};

export const RENT_OPEN: OpenLine = {
  key: key('rent:L-1:2026-11'),
  type: 'rent',
  due: day('2026-11-01'),
  totalCents: cents(100_000),
  openCents: cents(40_000),
  from: day('2026-11-01'),
  until: day('2026-12-01'),
  memo: '',
  disputed: false,
  mayDispute: true,
};

export const FEE_OPEN: OpenLine = {
  key: key('fee:rent:L-1:2026-11'),
  type: 'late fee',
  due: day('2026-11-06'),
  totalCents: cents(5_000),
  openCents: cents(5_000),
  memo: '',
  disputed: false,
  mayDispute: true,
};

/** Rent on the first and a payment on the third of each month, counted up from nothing. */
export function ledgerOf(lines: number, from = '2025-12-01'): ResidentView['months'] {
  let balance = 0;
  const all: LedgerLine[] = [...Array(lines).keys()].map((index) => {
    const month = day(
      `${2025 + Math.floor((11 + (index >> 1)) / 12)}-${String(((11 + (index >> 1)) % 12) + 1).padStart(2, '0')}-01`,
    );
    const isCharge = index % 2 === 0;
    balance += isCharge ? 100_000 : -100_000;
    return {
      key: key(`line-${from}-${index}`),
      day: isCharge ? month : addDays(month, 2),
      kind: isCharge ? 'charge' : 'receipt',
      type: isCharge ? 'rent' : index % 4 === 1 ? 'stripe' : 'check',
      memo: '',
      ...(isCharge ? { from: month, until: addDays(month, 28) } : {}),
      amountCents: cents(isCharge ? 100_000 : -100_000),
      balanceCents: cents(balance),
    };
  });
  const months = [...new Set(all.map((line) => monthKey(line.day)))].reverse();
  return months.map((month) => ({ month, lines: all.filter((line) => monthKey(line.day) === month).reverse() }));
}

const STRIP: ResidentView['strip'] = (
  [
    'none',
    'on time',
    'on time',
    'late',
    'on time',
    'on time',
    'on time',
    'on time',
    'late',
    'on time',
    'on time',
    'partial',
  ] as const
).map((word, index) => ({
  month: index === 0 ? '2025-12' : `2026-${String(index).padStart(2, '0')}`,
  word,
}));

/** Six days late with a fee, may pay by Stripe, may do everything. */
export const OWES: ResidentView = {
  ...HEAD,
  asOf: instant(Date.parse('2026-11-07T14:05:00Z')),
  stale: false,
  account: {
    word: 'late',
    daysLate: 6,
    balanceCents: cents(45_000),
    unpaidCents: cents(45_000),
    disputedCents: cents(0),
    planLaterCents: cents(0),
    oldestDue: day('2026-11-01'),
    aheadCents: cents(0),
    processingCents: cents(0),
    collectedCents: cents(0),
    depositHeldCents: cents(100_000),
    next: { due: day('2026-12-01'), amountCents: cents(103_000) },
  },
  processing: [],
  upcoming: [
    {
      type: 'rent',
      due: day('2026-12-01'),
      amountCents: cents(100_000),
      from: day('2026-12-01'),
      until: day('2027-01-01'),
    },
    {
      type: 'parking',
      due: day('2026-12-01'),
      amountCents: cents(3_000),
      from: day('2026-12-01'),
      until: day('2027-01-01'),
    },
  ],
  open: [RENT_OPEN, FEE_OPEN],
  months: ledgerOf(12),
  older: false,
  strip: STRIP,
  fee: {
    firstDay: day('2026-12-06'),
    late: {
      kind: 'greater',
      rules: [
        { kind: 'flat', amountCents: cents(2_000) },
        { kind: 'percent', basisPoints: 500, of: 'rent' },
      ],
    },
    cap: { kind: 'percent', basisPoints: 1_000, of: 'rent' },
    freeDays: 4,
    returnedCents: cents(3_500),
    byLaw: true,
  },
  pay: {
    can: 'pay',
    by: 'Stripe',
    wholeCents: cents(45_000),
    parts: true,
    leastCents: cents(2_500),
    words: 'Checks to Elm Management, 1 Elm Street.\nPlease write your unit on the check.',
  },
  autopay: {
    state: 'off',
    offers: [
      { platform: 'stripe', title: 'Stripe' },
      { platform: 'paypal', title: 'PayPal' },
    ],
  },
  requests: [],
  mayAsk: true,
  mayPromise: true,
  people: [],
  contact: { email: 'm…@example.com', phone: '…4567', notifyBy: 'email', smsConsent: false, smsStopped: false },
  documents: {
    since: day('2025-12-01'),
    years: [2026, 2025],
    receipts: [...Array(5).keys()].map((index) => ({
      name: `${index}`.repeat(24),
      on: day(`2026-0${index + 1}-03`),
      amountCents: cents(100_000),
    })),
  },
};

const account = (more: Partial<ResidentView['account']>): ResidentView['account'] => ({ ...OWES.account, ...more });
const NOTHING_DUE = { word: 'paid', daysLate: 0, unpaidCents: cents(0) } as const;
const { oldestDue: _due, ...noDue } = OWES.account;

const INSTALMENT = { amountCents: cents(15_000), underWayCents: cents(0), openCents: cents(15_000) };

const PLAN: PlanView = {
  key: key('plan:1'),
  state: 'proposed',
  feesPaused: true,
  totalCents: cents(45_000),
  paidCents: cents(0),
  underWayCents: cents(0),
  openCents: cents(45_000),
  instalments: [
    { ...INSTALMENT, due: day('2026-11-20'), state: 'next' },
    { ...INSTALMENT, due: day('2026-12-04'), state: 'later' },
    { ...INSTALMENT, due: day('2026-12-18'), state: 'later' },
  ],
  graceDays: 3,
  missedAllowed: 0,
  note: 'As we said on the phone.',
};

/** A button that asks for less than the head says. */
const PAY_LESS: ResidentView['pay'] = {
  can: 'pay',
  by: 'Stripe',
  wholeCents: cents(40_000),
  parts: true,
  leastCents: cents(2_500),
  words: '',
};

const DISPUTED: Partial<ResidentView> = {
  account: account({ disputedCents: cents(5_000) }),
  pay: PAY_LESS,
  open: [RENT_OPEN, { ...FEE_OPEN, disputed: true, mayDispute: false }],
  requests: [
    {
      key: key('request:1'),
      kind: 'dispute',
      on: day('2026-11-06'),
      about: FEE_OPEN.key,
      text: 'I paid on the 3rd.\nSee the picture.',
      file: 'https://files.example/shared/receipt-2026-11.jpg?x=1',
      state: 'open',
      answer: '',
    },
    {
      key: key('request:2'),
      kind: 'promise',
      on: day('2026-11-06'),
      text: '',
      file: '',
      until: day('2026-11-15'),
      state: 'open',
      answer: '',
    },
  ],
};

const ANSWERED: Partial<ResidentView> = {
  requests: [
    {
      key: key('request:1'),
      kind: 'dispute',
      on: day('2026-11-06'),
      about: FEE_OPEN.key,
      text: 'I paid on the 3rd.',
      file: '',
      state: 'refused',
      answer: 'The transfer began on the 7th, see your bank line.',
      answeredOn: day('2026-11-07'),
    },
    {
      key: key('request:3'),
      kind: 'plan',
      on: day('2026-11-05'),
      text: 'Two parts',
      file: '',
      state: 'accepted',
      answer: 'Yes.',
    },
    { key: key('request:4'), kind: 'promise', on: day('2026-10-02'), text: '', file: '', state: 'broken', answer: '' },
    {
      key: key('request:5'),
      kind: 'dispute',
      on: day('2026-10-01'),
      text: 'x',
      file: '',
      state: 'withdrawn',
      answer: '',
    },
  ],
};

const PAID: Partial<ResidentView> = {
  mayAsk: false,
  account: { ...noDue, ...NOTHING_DUE, balanceCents: cents(0) },
  open: [],
  pay: { can: 'not', why: 'nothing owed', words: '' },
};

const PROCESSING: Partial<ResidentView> = {
  mayAsk: false,
  account: account({
    word: 'processing',
    processingCents: cents(90_000),
    balanceCents: cents(90_000),
    unpaidCents: cents(90_000),
  }),
  processing: [{ amountCents: cents(90_000), on: day('2026-11-06'), source: 'plaid' }],
  pay: { can: 'not', why: 'processing', words: '' },
  autopay: { state: 'on', by: 'Stripe', next: day('2026-12-01'), mayEnd: true },
};

const LONG = 'Maximiliana-Alexandrowna von und zu Hohenlohe-Waldenburg-Schillingsfürst';

/** What differs from {@link OWES}, by the name of the state. */
export const STATES: Readonly<Record<string, Partial<ResidentView>>> = {
  owes: {},
  'in grace': {
    account: account({ word: 'grace', daysLate: 2, lastFreeDay: day('2026-11-05') }),
    today: day('2026-11-03'),
    open: [RENT_OPEN],
  },
  'due today': {
    today: day('2026-11-01'),
    account: account({ word: 'due', daysLate: 0, lastFreeDay: day('2026-11-05') }),
  },
  'not due yet': {
    account: account({ ...NOTHING_DUE, oldestDue: day('2026-12-01') }),
  },
  ahead: {
    mayAsk: false,
    account: { ...noDue, ...NOTHING_DUE, balanceCents: cents(-2_000), aheadCents: cents(2_000) },
    open: [],
    pay: { can: 'not', why: 'nothing owed', words: '' },
  },
  'nothing owed': PAID,
  processing: PROCESSING,
  'partly processing': {
    account: account({ processingCents: cents(5_000) }),
    pay: PAY_LESS,
    processing: [{ amountCents: cents(5_000), on: day('2026-11-06'), source: 'check' }],
  },
  'collected already': { account: account({ collectedCents: cents(5_000) }), pay: PAY_LESS },
  'new in the house': { strip: STRIP.slice(-2) },
  'plan proposed': { plan: PLAN },
  'plan by signature': { plan: { ...PLAN, signature: true, feesPaused: false, graceDays: 0 } },
  'plan running': {
    account: account({ word: 'plan', planLaterCents: cents(15_000) }),
    plan: {
      ...PLAN,
      state: 'running',
      paidCents: cents(20_000),
      underWayCents: cents(6_000),
      openCents: cents(25_000),
      missedAllowed: 1,
      instalments: [
        { ...INSTALMENT, due: day('2026-10-20'), openCents: cents(0), state: 'paid' },
        {
          ...INSTALMENT,
          due: day('2026-11-04'),
          underWayCents: cents(6_000),
          openCents: cents(4_000),
          state: 'partial',
        },
        { ...INSTALMENT, due: day('2026-12-18'), state: 'next' },
      ],
    },
  },
  'plan broken': {
    plan: {
      ...PLAN,
      state: 'broken',
      paidCents: cents(20_000),
      openCents: cents(25_000),
      instalments: [
        { ...INSTALMENT, due: day('2026-10-06'), openCents: cents(0), state: 'paid' },
        { ...INSTALMENT, due: day('2026-10-20'), openCents: cents(10_000), state: 'missed' },
        { ...INSTALMENT, due: day('2026-12-18'), state: 'over' },
      ],
    },
  },
  'plan finished': {
    ...PAID,
    plan: {
      ...PLAN,
      state: 'finished',
      paidCents: cents(45_000),
      openCents: cents(0),
      instalments: [
        { ...INSTALMENT, due: day('2026-10-20'), amountCents: cents(45_000), openCents: cents(0), state: 'paid' },
      ],
    },
  },
  disputed: DISPUTED,
  'all disputed': {
    ...DISPUTED,
    account: account({ word: 'disputed', disputedCents: cents(45_000) }),
    pay: { can: 'not', why: 'nothing owed', words: '' },
    open: [RENT_OPEN, FEE_OPEN].map((line) => ({ ...line, disputed: true, mayDispute: false })),
  },
  answered: ANSWERED,
  hold: { account: account({ word: 'hold', holdUntil: day('2026-11-30') }) },
  'notice, whole only': {
    account: account({ word: 'notice' }),
    pay: {
      can: 'pay',
      by: 'PayPal',
      wholeCents: cents(45_000),
      parts: false,
      why: 'notice',
      leastCents: cents(0),
      words: '',
    },
  },
  'notice, blocked': { account: account({ word: 'notice' }), pay: { can: 'not', why: 'notice', words: '' } },
  'no platform': {
    pay: { can: 'not', why: 'no platform', words: 'Checks to Elm Management.' },
    autopay: { state: 'off', offers: [] },
  },
  'begun payment': {
    pay: {
      can: 'pay',
      by: 'Square',
      wholeCents: cents(45_000),
      parts: true,
      leastCents: cents(100),
      open: { url: 'https://checkout.square.example/pay/abc', amountCents: cents(45_000) },
      words: '',
    },
    autopay: { state: 'waiting', by: 'Stripe', url: 'https://checkout.stripe.example/c/pay/cs_1' },
  },
  'autopay elsewhere': { autopay: { state: 'on', by: 'AppFolio', mayEnd: false } },
  down: { pay: { can: 'not', why: 'down', words: '' } },
  stale: { stale: true },
  'never read': { stale: true },
  ended: { endedOn: day('2026-10-31'), upcoming: [], fee: { freeDays: 4, returnedCents: cents(0), byLaw: false } },
  'long names': {
    names: LONG,
    unit: `Hinterhaus, 3. Obergeschoss links, Wohnung ${'9'.repeat(30)}`,
    property: { ...HEAD.property, name: `Residenz ${LONG}`, managerName: LONG },
    open: [{ ...RENT_OPEN, type: 'x'.repeat(60), memo: `Schlüssel ${'y'.repeat(80)}` }],
  },
  'four roommates': {
    people: ['Maria Silva', 'José García', 'Zoë Müller', LONG].map((name, index) => ({
      name,
      you: index === 0,
      shareCents: cents(25_000),
      paidCents: cents(index * 10_000),
    })),
  },
  'forty lines': { months: ledgerOf(40, '2025-01-01'), older: true },
  'texts stopped': {
    contact: { email: '', phone: '…4567', notifyBy: 'sms, else email', smsConsent: true, smsStopped: true },
  },
  'other fees': {
    fee: {
      firstDay: day('2026-12-02'),
      late: {
        kind: 'tiers',
        tiers: [
          {
            fromDaysLate: 6,
            rule: {
              kind: 'sum',
              rules: [
                { kind: 'flat', amountCents: cents(2_500) },
                { kind: 'daily', amountCents: cents(500) },
              ],
            },
          },
          { fromDaysLate: 30, rule: { kind: 'yearly percent', basisPoints: 825, of: 'balance' } },
        ],
      },
      freeDays: 0,
      returnedCents: cents(0),
      byLaw: false,
    },
  },
};

export function viewOf(state: string, more: Partial<ResidentView> = {}): ResidentView {
  const view = { ...OWES, ...STATES[state], ...more };
  if (state !== 'never read') return view;
  const { asOf: _asOf, ...unread } = view;
  return unread;
}

/** The same resident elsewhere: languages, regions and currencies with other forms of money and days. */
export const PLACES: Readonly<Record<string, Partial<PageHead>>> = {
  'es USD': { language: 'es', tag: 'es-US' },
  'fr EUR': { language: 'fr', tag: 'fr-FR', currency: currency('EUR'), zone: zone('Europe/Paris') },
  'de EUR': { language: 'de', tag: 'de-DE', currency: currency('EUR'), zone: zone('Europe/Berlin') },
  'en GBP': { language: 'en', tag: 'en-GB', currency: currency('GBP'), zone: zone('Europe/London') },
  'fr CAD': { language: 'fr', tag: 'fr-CA', currency: currency('CAD'), zone: zone('America/Toronto') },
  'en JPY': { language: 'en', tag: 'en', currency: currency('JPY'), zone: zone('Asia/Tokyo') },
};

const lines = ledgerOf(12)
  .flatMap((month) => month.lines)
  .reverse();

export const STATEMENT: StatementView = {
  ...HEAD,
  from: day('2025-12-01'),
  until: day('2026-11-07'),
  openingCents: cents(0),
  lines,
  chargedCents: cents(600_000),
  paidCents: cents(600_000),
  creditedCents: cents(0),
  closingCents: cents(0),
  documents: { since: day('2025-12-01') },
};

export const YEAR: YearView = {
  ...HEAD,
  year: 2026,
  months: [...Array(11).keys()].map((index) => ({
    month: `2026-${String(index + 1).padStart(2, '0')}`,
    chargedCents: cents(100_000),
    creditedCents: cents(0),
    paidCents: cents(100_000),
  })),
  chargedCents: cents(1_100_000),
  creditedCents: cents(0),
  paidCents: cents(1_100_000),
  paidFor: [
    { type: 'rent', amountCents: cents(1_050_000) },
    { type: 'late fee', amountCents: cents(45_000) },
  ],
  aheadCents: cents(5_000),
};

export const RECEIPT: ReceiptView = {
  ...HEAD,
  name: 'a'.repeat(24),
  on: day('2026-11-03'),
  amountCents: cents(100_000),
  state: 'settled',
  source: 'stripe',
  reference: 'pi_3QabcdefGHIJKLMNOPQRSTUV',
  payer: 'Maria Silva',
  paidFor: [
    { type: 'rent', due: day('2026-11-01'), amountCents: cents(95_000) },
    { type: 'late fee', due: day('2026-11-06'), amountCents: cents(3_000) },
  ],
  reversedCents: cents(0),
  aheadCents: cents(2_000),
  balanceCents: cents(-2_000),
};
