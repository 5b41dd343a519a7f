import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { BarChart } from './bar-chart.tsx';
import { ChartLegend } from './chart-legend.tsx';
import { ChartTable } from './chart-table.tsx';
import { LineChart } from './line-chart.tsx';
import type { ViewOf } from './view-of.ts';

/** A chart whose numbers can always be had as a table. */
export function ChartBox({ view }: { view: ViewOf<'chart'> }) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const Chart = view.chart === 'bar' ? BarChart : LineChart;
  return (
    <figure className="view-chart">
      <figcaption>
        <strong>{view.title}</strong>
        {view.unit && <span className="quiet"> ({view.unit})</span>}
      </figcaption>
      {asTable ? (
        <ChartTable view={view} />
      ) : (
        <>
          <div role="img" aria-label={t('views.chart', { title: view.title })}>
            <Chart view={view} />
          </div>
          {view.series.length > 1 && <ChartLegend view={view} />}
        </>
      )}
      <div>
        <Button variant="secondaryNoBorder" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'views.showChart' : 'views.showTable')}
        </Button>
      </div>
    </figure>
  );
}
