/** The rule pack: what each jurisdiction says about late fees on rent, as typed rows with their citations. No logic. */

/**
 * The lateness (days after the due date) from which a fee is lawful. "N full days of grace" is lateness N + 1.
 * `weekend moves`: when the last free day is a Saturday or Sunday, the next business day is free as well.
 */
export type LawGrace =
  | { readonly kind: 'lateness'; readonly days: number; readonly weeklyDays?: number }
  | { readonly kind: 'weekend moves'; readonly freeDays: number }
  | { readonly kind: 'business days'; readonly freeDays: number };

/** The most that may be charged in all for one late charge. Figures are minor units of the row's currency. */
export type Cap =
  | { readonly kind: 'percent'; readonly basisPoints: number; readonly of: 'rent' | 'past due' }
  | { readonly kind: 'percent a month'; readonly basisPoints: number; readonly of: 'rent' | 'past due' }
  | { readonly kind: 'flat'; readonly amountCents: number }
  | { readonly kind: 'lesser' | 'greater'; readonly caps: readonly Cap[] }
  /** A first day's amount and one for each further day; days count from the first lawful fee day or the due day. */
  | {
      readonly kind: 'daily';
      readonly firstCents: number;
      readonly afterCents: number;
      readonly maxCents: number;
      readonly counts: 'from first fee day' | 'from due day';
    }
  | { readonly kind: 'by rent'; readonly upToRentCents: number; readonly low: Cap; readonly high: Cap }
  | { readonly kind: 'by units'; readonly upToUnits: number; readonly few: Cap; readonly many: Cap }
  | { readonly kind: 'by frequency'; readonly weekly: Cap; readonly longer: Cap }
  | {
      readonly kind: 'base and percent above';
      readonly baseCents: number;
      readonly aboveRentCents: number;
      readonly basisPoints: number;
    }
  /** A percent fee grows by blocks of days within the rental period; a money fee must be reasonable instead. */
  | { readonly kind: 'percent by blocks'; readonly basisPoints: number; readonly blockDays: number }
  | { readonly kind: 'yearly interest over base'; readonly basisPoints: number }
  | { readonly kind: 'prohibited' }
  | { readonly kind: 'reasonable' }
  /** The law is known to set no figure. */
  | { readonly kind: 'none statewide' }
  /** Nobody found a rule, which is weaker than knowing that there is none. */
  | { readonly kind: 'none found' }
  | { readonly kind: 'unknown' };

export interface ReturnedFeeLimit {
  readonly maxCents: number;
  /** What the bank charged for the return may be passed on above the figure. */
  readonly plusBankCost: boolean;
}

export interface Law {
  /** `US-TX`, `US-IL-Chicago`, `CA-ON`, `UK-ENG` */
  readonly jurisdiction: string;
  readonly currency: 'USD' | 'CAD' | 'GBP';
  /** True when statute text, its operative words or an official page was read. */
  readonly verified: boolean;
  /** First day in force, where known. */
  readonly effective?: string;
  readonly citation: string;
  readonly source: string;
  readonly grace: LawGrace;
  readonly cap: Cap;
  readonly returned?: ReturnedFeeLimit;
  /** Conditions and doubts that no figure holds. */
  readonly note?: string;
}

const late = (days: number, weeklyDays?: number): LawGrace => ({
  kind: 'lateness',
  days,
  ...(weeklyDays === undefined ? {} : { weeklyDays }),
});
const ofRent = (basisPoints: number): Cap => ({ kind: 'percent', basisPoints, of: 'rent' });
const ofPastDue = (basisPoints: number): Cap => ({ kind: 'percent', basisPoints, of: 'past due' });
const flat = (amountCents: number): Cap => ({ kind: 'flat', amountCents });
const lesser = (...caps: Cap[]): Cap => ({ kind: 'lesser', caps });
const greater = (...caps: Cap[]): Cap => ({ kind: 'greater', caps });
const eachDay = (perDayCents: number, maxCents: number): Cap => ({
  kind: 'daily',
  firstCents: perDayCents,
  afterCents: perDayCents,
  maxCents,
  counts: 'from first fee day',
});

type Row = Omit<Law, 'jurisdiction' | 'currency' | 'verified' | 'citation' | 'source' | 'grace' | 'cap'>;

function currencyOf(jurisdiction: string): Law['currency'] {
  if (jurisdiction.startsWith('US-')) return 'USD';
  return jurisdiction.startsWith('CA-') ? 'CAD' : 'GBP';
}

const row =
  (verified: boolean) =>
  (jurisdiction: string, grace: LawGrace, cap: Cap, citation: string, source: string, more: Row = {}): Law => ({
    jurisdiction,
    currency: currencyOf(jurisdiction),
    verified,
    citation,
    source,
    grace,
    cap,
    ...more,
  });

/** Statute text, operative words or an official page was read. */
const read = row(true);
/** Secondary sources only, or sources in conflict: a person decides. */
const told = row(false);

const noneStatewide = (jurisdiction: string, citation: string, source: string, note?: string): Law =>
  told(jurisdiction, late(1), { kind: 'none statewide' }, citation, source, note === undefined ? {} : { note });
const noneFound = (jurisdiction: string, citation: string, source: string): Law =>
  told(jurisdiction, late(1), { kind: 'none found' }, citation, source);

const CLAUSES = 'lawinsider.com clause table';
const GRACE_LIST = 'invoicegenerator.org grace list';

const VERIFIED: readonly Law[] = [
  read(
    'US-TX',
    late(3),
    { kind: 'by units', upToUnits: 4, few: ofRent(1200), many: ofRent(1000) },
    'Tex. Prop. Code 92.019',
    'statute text; SB 1414 (86R) bill text',
    { note: 'The lease must give notice of the fee in writing; initial and daily fees count as one.' },
  ),
  read('US-DE', late(6), ofRent(500), 'Del. Code tit. 25, 5501(d)', 'casetext.com statute text', {
    note: 'Without a place of payment in the county the due date moves three days.',
  }),
  read(
    'US-TN',
    { kind: 'weekend moves', freeDays: 5 },
    ofPastDue(1000),
    'Tenn. Code 66-28-201(d)',
    'laws-info.com statute text',
    { note: 'Legal holidays move the fifth day too; they are not known here.' },
  ),
  read(
    'US-NY',
    late(6),
    lesser(flat(5000), ofRent(500)),
    'N.Y. Real Prop. Law 238-a(2)',
    'legalservicesli.org; sgrlaw.com',
    { note: 'A discount for paying early counts as a late fee.' },
  ),
  read(
    'US-NC',
    late(5),
    {
      kind: 'by frequency',
      weekly: greater(flat(400), ofRent(500)),
      longer: greater(flat(1500), ofRent(500)),
    },
    'N.C.G.S. 42-46(a)-(b)',
    'ncleg.net statute text',
    { note: 'Once for each late payment.' },
  ),
  read('US-ME', late(16), ofRent(400), '14 M.R.S. 6028', 'legalfix.com statute text', {
    note: 'The resident must have had written notice at signing.',
  }),
  read(
    'US-OR',
    late(4),
    { kind: 'percent by blocks', basisPoints: 500, blockDays: 5 },
    'ORS 90.260',
    'casetext.com and flawfinder.ai statute text',
    {
      returned: { maxCents: 3500, plusBankCost: true },
      note: 'A flat fee must be reasonable and a daily fee at most 6% of that: neither figure can be checked here.',
    },
  ),
  read(
    'US-IA',
    late(1),
    { kind: 'by rent', upToRentCents: 70_000, low: eachDay(1200, 6000), high: eachDay(2000, 10_000) },
    'Iowa Code 562A.9(4)',
    'cityrulelookup.com quotation',
    { note: 'The maximum is for a month.' },
  ),
  read('US-HI', late(1), ofPastDue(800), 'HRS 521-21(f)', 'instalawyer.io statute text'),
  read('US-NV', late(4, 1), ofRent(500), 'NRS 118A.210(4)', 'nevada.public.law statute text', {
    note: 'An earlier late fee may not raise the amount.',
  }),
  read('US-UT', late(1), greater(flat(7500), ofRent(1000)), 'Utah Code 57-22-4(5)(a)', 'cityrulelookup.com quotation'),
  read('US-DC', late(6), ofRent(500), 'D.C. Code 42-3505.31', 'getpocketlaw.com statute text', {
    note: 'Once for each late payment; invoiced with 30 days to pay; not on the part a subsidy pays.',
  }),
  read(
    'US-CT',
    late(10, 5),
    lesser(eachDay(500, 5000), ofPastDue(500)),
    'Conn. Gen. Stat. 47a-15a (P.A. 23-207, eff. 2023-10-01)',
    'casetext.com statute text',
    { effective: '2023-10-01', note: "Of the resident's own share where rent is subsidised." },
  ),
  read('US-MA', late(31), { kind: 'none statewide' }, 'M.G.L. c.186 s.15B(1)(c)', 'masslegalhelp.org quotation', {
    note: 'A discount for paying early counts as a late fee.',
  }),
  read(
    'US-NJ',
    { kind: 'business days', freeDays: 5 },
    { kind: 'none statewide' },
    'N.J.S.A. 2A:42-6.1',
    'legiscan.com S4241 (2018)',
    { note: 'The five days are for seniors and residents on certain benefits; given to all here.' },
  ),
  read('US-VA', late(1), lesser(ofRent(1000), ofPastDue(1000)), 'Va. Code 55.1-1204', 'cityrulelookup.com quotation', {
    note: 'Only where the written agreement has it.',
  }),
  read('US-AZ', late(1), { kind: 'reasonable' }, 'A.R.S. 33-1368(B)', 'cityrulelookup.com quotation', {
    note: 'Only where the written agreement has it.',
  }),
  read(
    'US-CA',
    late(1),
    { kind: 'reasonable' },
    'Cal. Civ. Code 1671(d); Orozco v. Casimiro',
    'cityrulelookup.com quotation; nolo.com',
    { note: 'It must estimate the real cost of the delay.' },
  ),
  read(
    'UK-ENG',
    late(15),
    { kind: 'yearly interest over base', basisPoints: 300 },
    'Tenant Fees Act 2019, Sch. 1 (default payments)',
    'cwj.co.uk; lettings.support',
    { note: 'Only where the agreement has it; no flat fee.' },
  ),
  read(
    'CA-BC',
    late(1),
    flat(2500),
    'Residential Tenancy Regulation (BC Reg 477/2003) s.7',
    'tenants.bc.ca; ablawg.ca',
    { returned: { maxCents: 2500, plusBankCost: false }, note: 'Only where the agreement has it.' },
  ),
  read('CA-ON', late(1), { kind: 'prohibited' }, 'Residential Tenancies Act, 2006', 'stepstojustice.ca', {
    returned: { maxCents: 2000, plusBankCost: true },
    note: 'No interest either; a discount for paying early is allowed.',
  }),
  read(
    'CA-MB',
    late(1),
    { kind: 'daily', firstCents: 1000, afterCents: 200, maxCents: 10_000, counts: 'from due day' },
    'Residential Tenancies Act s.69(4); Regulation s.20',
    'manitoba.ca guidebook 2.4',
  ),
  read('CA-AB', late(1), { kind: 'reasonable' }, 'common law; Residential Tenancies Act silent', 'ablawg.ca', {
    note: 'A penalty is void; an estimate of the damage is not.',
  }),
];

const UNVERIFIED: readonly Law[] = [
  told('US-CO', late(8), greater(flat(5000), ofPastDue(500)), 'C.R.S. 38-12-105', 'legalclarity.org; rentyfic.com', {
    note: 'The lease must have it; written notice within 180 days of the due date.',
  }),
  told(
    'US-MD',
    late(1),
    { kind: 'by frequency', weekly: flat(300), longer: ofRent(500) },
    'Md. Code, Real Prop. 8-208(d)(3)',
    'nolo.com; tpf.legal',
    { note: 'Weekly rents at most 12.00 a month; one source claims five days of grace.' },
  ),
  told('US-WA', late(6), { kind: 'none statewide' }, 'RCW 59.18.170', 'nolo.com; legalclarity.org', {
    note: 'Cities have caps of their own; sources differ on the days of grace.',
  }),
  told('US-WA-Seattle', late(6), flat(1000), 'Seattle ordinance (number not read)', 'observed.org', {
    note: 'The maximum is for a month.',
  }),
  told('US-NM', late(1), ofRent(500), 'NMSA 47-8-15(D)', 'cityrulelookup.com quotation', {
    effective: '2025-06-20',
    note: 'It was 10% before; many pages still say so.',
  }),
  told('US-MN', late(1), ofPastDue(800), 'Minn. Stat. 504B.177', 'observed.org; dangcontracts.com', {
    note: 'The agreement must say in writing when it applies.',
  }),
  told(
    'US-IL-Chicago',
    late(1),
    { kind: 'base and percent above', baseCents: 1000, aboveRentCents: 50_000, basisPoints: 500 },
    'Chicago Mun. Code 5-12-140 (RLTO)',
    'cityrulelookup.com; rentlatefee.com',
  ),
  told(
    'US-IL-CookCounty',
    late(1),
    { kind: 'base and percent above', baseCents: 1000, aboveRentCents: 100_000, basisPoints: 500 },
    'Cook County ordinance (section not read)',
    'rentlatefee.com',
  ),
  told('US-OK', late(1), { kind: 'reasonable' }, '41 O.S. 121 (per one site)', 'tenantslandlords.com; rentlatefee.com'),
  told(
    'UK-WLS',
    late(8),
    { kind: 'yearly interest over base', basisPoints: 300 },
    'Renting Homes (Fees etc.) (Wales) Act 2019',
    'no source read',
  ),
  told('UK-SCT', late(1), { kind: 'unknown' }, '', 'none found'),
  told('CA-PE', late(1), ofRent(100), 'rental regulations (section not read)', 'rentingpei.ca'),
  told(
    'CA-NS',
    late(1),
    { kind: 'percent a month', basisPoints: 100, of: 'past due' },
    'standard lease (section not read)',
    'no source read',
  ),
  told('CA-QC', late(1), { kind: 'unknown' }, '', 'none found'),
  noneStatewide(
    'US-IL',
    'no residential statute found',
    'cityrulelookup.com',
    '770 ILCS 95/7.10 is about self-storage; Chicago and Cook County have rules of their own.',
  ),
  noneStatewide('US-FL', 'Fla. Stat. ch. 83 pt II (no late-fee section)', 'observed.org; legalclarity.org'),
  noneStatewide('US-GA', 'O.C.G.A. 44-7 (no late-fee section)', 'cityrulelookup.com; legalbeagle.com'),
  noneStatewide('US-OH', 'ORC 5321 (no section)', 'cityrulelookup.com'),
  noneStatewide('US-PA', '68 P.S. 250.101 ff. (no section)', 'cityrulelookup.com'),
  noneStatewide('US-MO', 'RSMo 441 (no section)', 'cityrulelookup.com', 'RSMo 415.417 is about self-storage.'),
  noneStatewide(
    'US-AR',
    'Ark. Code 18-17-101 ff. (no section)',
    'cityrulelookup.com',
    'One list gives five days, which appears to be an eviction threshold.',
  ),
  noneStatewide('US-IN', 'Ind. Code 32-31 (no section)', 'cityrulelookup.com'),
  noneStatewide('US-RI', 'R.I.G.L. 34-18-35', 'cityrulelookup.com', 'Its 15 days are an eviction threshold.'),
  noneStatewide('US-NH', 'RSA 540, 540-A (no section)', 'cityrulelookup.com; lawinsider.com'),
  noneFound('US-KS', '58-2545(c) due date', CLAUSES),
  noneFound('US-KY', '383.565(2) due date', CLAUSES),
  noneFound('US-LA', 'La. Civ. Code 2703(1) due date', CLAUSES),
  noneFound('US-MI', '554.131 due date', CLAUSES),
  noneFound('US-MS', 'none cited', CLAUSES),
  noneFound('US-MT', '70-24-201(2)(c) due date', CLAUSES),
  noneFound('US-NE', '76-1414(3) due date', CLAUSES),
  noneFound('US-AL', 'none cited', 'rentyfic.com data file'),
  noneFound('US-AK', 'none cited', 'rentyfic.com data file'),
  ...['ID', 'ND', 'SC', 'SD', 'VT', 'WV', 'WI', 'WY'].map((state) =>
    noneFound(`US-${state}`, 'none cited', GRACE_LIST),
  ),
];

/** Every jurisdiction of the pack, once each. */
export const LAWS: readonly Law[] = [...VERIFIED, ...UNVERIFIED];
