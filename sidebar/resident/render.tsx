/** The resident's pages as text: what the router of the web address calls. */
import type { ResidentPages } from '../../src/api/resident/pages';
import { Account } from './account';
import { hrefOf } from './address';
import { documentOf } from './kit';
import { Receipt, Statement, Year } from './papers';
import { Neutral, OutcomeBody, outcomeTitle, Plain } from './plain';
import { readerOf } from './reader';
import { wordsOf } from './words';

export { statementCsv } from './statement-csv';

export const accountPage: ResidentPages['accountPage'] = (view, at) => {
  const reader = readerOf(view);
  const title = reader.words.account.title(view.property.name);
  return documentOf(view.language, title, <Account view={view} reader={reader} at={at} />);
};

export const statementPage: ResidentPages['statementPage'] = (view, at) => {
  const reader = readerOf(view);
  const title = reader.words.statement.title(reader.short(view.from), reader.short(view.until));
  return documentOf(view.language, title, <Statement view={view} reader={reader} at={at} />, { wide: true });
};

export const yearPage: ResidentPages['yearPage'] = (view, at) => {
  const reader = readerOf(view);
  const title = reader.words.statement.year(view.year);
  return documentOf(view.language, title, <Year view={view} reader={reader} at={at} />, { wide: true });
};

export const receiptPage: ResidentPages['receiptPage'] = (view, at) => {
  const reader = readerOf(view);
  return documentOf(view.language, reader.words.statement.receipt, <Receipt view={view} reader={reader} at={at} />);
};

export const outcomePage: ResidentPages['outcomePage'] = (outcome, language, at, tag = language) => {
  const words = wordsOf(language);
  const title = outcomeTitle(outcome, words);
  return documentOf(
    language,
    title,
    <Plain language={language} at={at} title={words.plain.name}>
      <OutcomeBody outcome={outcome} words={words} at={at} tag={tag} />
    </Plain>,
  );
};

/** The same for everybody: not even the token that did not work stands in it. */
export const neutralPage: ResidentPages['neutralPage'] = (language, at) => {
  const words = wordsOf(language);
  const bare = { ...at, page: '' };
  return documentOf(
    language,
    words.plain.neutralTitle,
    <Plain language={language} at={bare} title={words.plain.neutralTitle}>
      <Neutral words={words} at={bare} />
    </Plain>,
  );
};

export const downPage: ResidentPages['downPage'] = (why, language, at) => {
  const { plain } = wordsOf(language);
  const title = why === 'busy' ? plain.busyTitle : plain.downTitle;
  return documentOf(
    language,
    title,
    <Plain language={language} at={at} title={title}>
      <p>{why === 'busy' ? plain.busy : plain.down}</p>
      <p class="back">
        <a href={hrefOf(at)}>{plain.again}</a>
      </p>
    </Plain>,
  );
};
