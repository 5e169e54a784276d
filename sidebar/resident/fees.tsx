/** The terms of late fees in words: the same rule that the ledger reckons by. */
import type { FeeFacts, FeeRule } from '../../src/api/resident/view';
import { Section } from './kit';
import type { Reader } from './reader';

export function Fees({ fee, reader }: { readonly fee: FeeFacts; readonly reader: Reader }) {
  return (
    <Section id="fees" title={reader.words.account.feeTitle}>
      {feeSentences(fee, reader).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Section>
  );
}

export function feeSentences(fee: FeeFacts, reader: Reader): readonly string[] {
  const { account } = reader.words;
  const said: string[] = [];
  if (fee.late) {
    said.push(account.feeRule(ruleWords(fee.late, reader)), account.feeFree(fee.freeDays));
    if (fee.firstDay) said.push(account.feeFirst(reader.day(fee.firstDay)));
    if (fee.cap) said.push(account.feeCap(ruleWords(fee.cap, reader)));
    if (fee.byLaw) said.push(account.feeLaw);
  } else said.push(account.feeNone);
  if (fee.returnedCents > 0) said.push(account.feeReturned(reader.money(fee.returnedCents)));
  return said;
}

export function ruleWords(rule: FeeRule, reader: Reader): string {
  const { fee } = reader.words.account;
  const list = (rules: readonly FeeRule[], joint: string) => rules.map((each) => ruleWords(each, reader)).join(joint);
  switch (rule.kind) {
    case 'flat':
      return reader.money(rule.amountCents);
    case 'daily':
      return fee.daily(reader.money(rule.amountCents));
    case 'percent':
      return fee.percent(percentWords(rule.basisPoints, reader.tag), rule.of);
    case 'daily percent':
      return fee.dailyPercent(percentWords(rule.basisPoints, reader.tag), rule.of);
    case 'yearly percent':
      return fee.yearlyPercent(percentWords(rule.basisPoints, reader.tag), rule.of);
    case 'greater':
      return fee.greater(list(rule.rules, fee.and));
    case 'lesser':
      return fee.lesser(list(rule.rules, fee.and));
    case 'sum':
      return fee.sum(list(rule.rules, fee.plus));
    case 'tiers':
      return rule.tiers
        .map(({ fromDaysLate, rule: each }) => fee.tier(ruleWords(each, reader), fromDaysLate))
        .join(', ');
  }
}

const percentWords = (basisPoints: number, tag: string): string =>
  new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
