/** One tab of the workbook: its filter, its protection, its charts and its table. */
import { useEffect, useState } from 'preact/hooks';
import type { ChartView, TabInfo, TabView } from '../types';
import { Chart } from './charts';
import { Grid } from './grid';
import { Empty, Failed, useLoaded, Waiting } from './load';

/** Milliseconds of rest after the last key before the filter is asked for. */
const REST_MS = 180;

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

function Charts({ id, revision }: { readonly id: number; readonly revision: number }) {
  const { data, error, retry } = useLoaded<ChartView[]>(`/api/charts/${id}`, revision);
  if (error !== '') return <Failed error={error} retry={retry} />;
  if (data === undefined) return <Waiting what="the charts" />;
  return (
    <div class="charts">
      {data.map((chart) => (
        <Chart key={chart.title} chart={chart} />
      ))}
    </div>
  );
}

interface TableProps {
  readonly tab: TabInfo;
  readonly revision: number;
  readonly filter: string;
  readonly clear: () => void;
}

function Table({ tab, revision, filter, clear }: TableProps) {
  const path = `/api/tab/${tab.id}?offset=0&limit=100&filter=${encodeURIComponent(filter)}`;
  const { data, error, retry } = useLoaded<TabView>(path, revision);
  if (error !== '') return <Failed error={error} retry={retry} />;
  if (data === undefined) return <Waiting what={tab.title} />;
  const { total, matching, guard } = data;
  return (
    <>
      <p class="quiet" role="status">
        {filter === ''
          ? `${total.toLocaleString('en')} rows`
          : `${matching.toLocaleString('en')} of ${total.toLocaleString('en')} rows`}
        {guard !== '' && (
          <span class="guard">
            <span aria-hidden="true">◆</span> {guard}
          </span>
        )}
      </p>
      {matching > 0 || filter === '' ? (
        <Grid key={filter} id={tab.id} title={tab.title} revision={revision} filter={filter} first={data} />
      ) : (
        <Empty>
          <p>No row holds “{filter}”.</p>
          <button type="button" onClick={clear}>
            Show all rows
          </button>
        </Empty>
      )}
      {total === 0 && (
        <Empty>
          <p>Nothing stands here yet. Import a file with the command line, or move the clock on.</p>
        </Empty>
      )}
    </>
  );
}

export function TabPage({ tab, revision }: { readonly tab: TabInfo; readonly revision: number }) {
  const [filter, setFilter] = useState('');
  const rested = useRested(filter);
  return (
    <section aria-labelledby="tab-title">
      <div class="bar">
        <h2 id="tab-title">{tab.title}</h2>
        <label class="filter">
          <span class="unseen">Filter the rows of {tab.title}</span>
          <input
            type="search"
            placeholder="Filter rows"
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        </label>
      </div>
      {tab.charts > 0 && <Charts id={tab.id} revision={revision} />}
      <Table tab={tab} revision={revision} filter={rested.trim()} clear={() => setFilter('')} />
    </section>
  );
}
