import type { Figure } from '../../api/generated/Figure';
import type { Overview } from '../../api/generated/Overview';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';

/** One of the five sums on top. */
export interface Sum {
  /** Its title stands at `<name>-title`, how it is computed at `<name>-how`. */
  name: string;
  /** The one number that matters; nothing while it is unknown. */
  amount: format.Amount | null;
  /** Instead of an unknown number. */
  unknown: string;
  /** More, less or the same as a year before; nothing to compare with when absent. */
  change: { mark: string; text: string } | null;
  /** What it rests on. */
  basis: string;
  /** Where more is said about it. */
  link: { text: string; href: string } | null;
  /** Thirteen months as a line, drawn by Rust. */
  line: Figure | null;
}

function against(now: number, before: number | undefined): Sum['change'] {
  if (before === undefined || before === 0) return null;
  const rate = now / before - 1;
  const size = format.percent(Math.abs(rate));
  if (Math.abs(rate) < 0.0005) return { mark: '', text: t('change-same') };
  return rate > 0 ? { mark: '▲', text: t('change-more', { size }) } : { mark: '▼', text: t('change-less', { size }) };
}

function inPoints(now: number | null, before: number | null | undefined): Sum['change'] {
  if (now === null || before === null || before === undefined) return null;
  const points = (now - before) * 100;
  const size = Math.abs(points).toFixed(1);
  if (Math.abs(points) < 0.05) return { mark: '', text: t('change-same') };
  return points > 0
    ? { mark: '▲', text: t('change-points-more', { size }) }
    : { mark: '▼', text: t('change-points-less', { size }) };
}

function margin(answer: Overview): Pick<Sum, 'amount' | 'basis'> {
  const band = answer.contribution_margin;
  if (band === null) return { amount: null, basis: '' };
  const low = format.roughYen(band.low);
  const high = format.roughYen(band.high);
  const basis = t('sum-margin-basis', { share: format.percent(answer.known_cost_share) });
  if (low.number === high.number && low.unit === high.unit) return { amount: high, basis };
  return { amount: { number: t('format-range', { from: low.number, to: high.number }), unit: high.unit }, basis };
}

/** Where the cards lead. */
export interface Ways {
  orders: string;
  profit: string;
  customers: string;
  back: string;
  ltv: string;
  identity: string;
  /** Share of the customers who may be one with somebody else. */
  uncertain: number | null;
}

/** The five sums, in their order. */
export function cards(answer: Overview, figures: Record<string, Figure | undefined>, ways: Ways): Sum[] {
  const before = answer.previous_year;
  const repeat = answer.repeat_share_interval;
  const few = repeat !== null && repeat.n < format.FEW;
  const ltv = format.enough(answer.ltv_12m);
  return [
    {
      name: 'sum-sales',
      amount: format.roughYen(answer.net_sales),
      unknown: '',
      change: against(answer.net_sales, before?.net_sales),
      basis: t('sum-sales-basis', { orders: format.orders(answer.order_count) }),
      link: { text: t('sum-sales-link'), href: ways.orders },
      line: figures['line-sales'] ?? null,
    },
    {
      name: 'sum-margin',
      ...margin(answer),
      unknown: t('sum-margin-unknown'),
      change: null,
      link: { text: t('sum-margin-link'), href: ways.profit },
      line: null,
    },
    {
      name: 'sum-customers',
      amount: { number: format.count(answer.customer_count), unit: t('format-unit-people') },
      unknown: '',
      change: against(answer.customer_count, before?.customer_count),
      basis: t('sum-customers-basis', { people: format.people(answer.new_vs_existing.new.customer_count) }),
      link: ways.uncertain ? { text: t('identity-uncertain', { share: format.percent(ways.uncertain) }), href: ways.identity } : { text: t('sum-customers-link'), href: ways.customers },
      line: figures['line-customers'] ?? null,
    },
    {
      name: 'sum-repeat',
      amount:
        answer.repeat_share === null
          ? null
          : few && repeat
            ? { number: `${format.count(repeat.value * repeat.n)}/${format.count(repeat.n)}`, unit: t('format-unit-people') }
            : { number: (answer.repeat_share * 100).toFixed(1), unit: t('format-unit-percent') },
      unknown: t('sum-repeat-unknown'),
      change: few ? null : inPoints(answer.repeat_share, before?.repeat_share),
      basis: few
        ? t('sum-repeat-basis-few', { rate: format.percent(answer.repeat_share) })
        : repeat
          ? t('sum-repeat-basis', { part: format.count(repeat.value * repeat.n), whole: format.people(repeat.n) })
        : '',
      link: { text: t('sum-repeat-link'), href: ways.back },
      line: figures['line-repeat'] ?? null,
    },
    {
      name: 'sum-ltv',
      amount: ltv ? { number: format.count(ltv.value), unit: t('format-unit-yen') } : null,
      unknown: t('sum-ltv-unknown'),
      change: null,
      basis: ltv
        ? t('sum-ltv-basis', { basis: t(`value-${answer.value_basis}`), low: format.count(ltv.low), high: format.count(ltv.high), people: format.people(ltv.n) })
        : '',
      link: { text: t('sum-ltv-link'), href: ways.ltv },
      line: null,
    },
  ];
}
