/** The workbook: toolbar, formula bar, the grid of one tab, and the tabs at its foot. */
import { useEffect } from 'preact/hooks';
import type { PageState, TabInfo } from '../../types';
import { Failed, Waiting } from '../load';
import { ask } from '../net';
import { acting, user } from '../store';
import { FormulaBar } from './bar';
import { FilterMenu } from './filter-menu';
import { Grid } from './grid';
import { modelOf, PLAIN, type TabModel } from './model';
import { TabBar } from './tab-bar';
import { Toolbar } from './toolbar';

/** Milliseconds after the last move before the server is told where the cursor stands. */
const REST_MS = 150;

/** Whoever asks the script for the selection finds it where this person stands. */
function useTold(model: TabModel): void {
  const a1 = model.tab.value === undefined ? undefined : model.a1Of(model.range);
  const who = user.value;
  useEffect(() => {
    if (a1 === undefined) return undefined;
    const tell = () => ask('/api/select', { sheet: model.title, a1, user: acting() }).catch(() => undefined);
    const timer = setTimeout(tell, REST_MS);
    return () => clearTimeout(timer);
  }, [a1, who, model]);
}

function statusOf(model: TabModel): string {
  const tab = model.tab.value;
  if (tab === undefined) return '';
  const total = tab.total.toLocaleString('en');
  return model.isPlain ? `${total} rows` : `${tab.shown.toLocaleString('en')} of ${total} rows`;
}

function NoRows({ model }: { readonly model: TabModel }) {
  const { search } = model.view.value;
  return (
    <div class="empty over-grid">
      <p>{search.trim() === '' ? 'No row fits your filter.' : `No row holds “${search.trim()}”.`}</p>
      <button type="button" onClick={() => model.show(PLAIN)}>
        Show all rows
      </button>
    </div>
  );
}

function Sheet({ model, tab, revision }: { model: TabModel; tab: TabInfo; revision: number }) {
  const read = model.tab.value;
  const error = model.error.value;
  useEffect(() => model.need(0, 0, revision), [model, revision, error]);
  if (read === undefined && error !== '') return <Failed error={error} retry={() => model.need(0, 0, revision)} />;
  if (read === undefined) return <Waiting what={tab.title} />;
  return (
    <div class="grid-place">
      <Grid key={model.id} model={model} tab={read} revision={revision} charts={tab.charts} />
      {read.shown === 0 && !model.isPlain && <NoRows model={model} />}
      {error !== '' && (
        <div class="over-grid">
          <Failed error={error} retry={() => model.need(0, 0, revision)} />
        </div>
      )}
    </div>
  );
}

export function Workbook({ now, tab }: { readonly now: PageState; readonly tab: TabInfo }) {
  const model = modelOf(tab.id, tab.title);
  const filtering = model.filtering.value;
  useTold(model);
  return (
    <section class="workbook" aria-label={`Tab ${tab.title}`}>
      <h2 class="unseen">{tab.title}</h2>
      <Toolbar model={model} tab={tab} />
      <FormulaBar model={model} />
      <Sheet key={tab.id} model={model} tab={tab} revision={now.revision} />
      <TabBar tabs={now.tabs} title={tab.title} status={statusOf(model)} />
      {filtering !== undefined && (
        <FilterMenu key={filtering} model={model} column={filtering} revision={now.revision} />
      )}
    </section>
  );
}
