import type { Band } from '../../api/generated/Band';
import type { Figure } from '../../api/generated/Figure';
import type { Interval } from '../../api/generated/Interval';
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
  /** More, less or the same as a year before, or why that is not said; nothing beside an unknown number. */
  change: { mark: string; text: string } | null;
  /** What it rests on. */
  basis: string;
  /** Where more is said about it. */
  link: { text: string; href: string } | null;
  /** Thirteen months as a line, drawn by Rust. */
  line: Figure | null;
}

/** Why nothing is held against each other. */
const not = (why: string): Sum['change'] => ({ mark: '', text: t(`change-not-${why}`) });

function against(now: number, before: number | undefined): Sum['change'] {
  if (before === undefined) return not('yet');
  // Of nothing, and of less than nothing, there is no percentage.
  if (before <= 0) return { mark: '', text: t('change-was', { amount: format.roughYenInWords(before) }) };
  const rate = now / before - 1;
  const size = format.percent(Math.abs(rate));
  if (Math.abs(rate) < 0.0005) return { mark: '', text: t('change-same') };
  return rate > 0 ? { mark: '▲', text: t('change-more', { size }) } : { mark: '▼', text: t('change-less', { size }) };
}

/** Two ranges: where they overlap nobody can tell which is more. */
function bandAgainst(now: Band | null, before: Band | null | undefined): Sum['change'] {
  if (now === null) return null;
  if (before === undefined) return not('yet');
  if (before === null) return not('known');
  if (now.low === now.high && before.low === before.high) return against(now.low, before.low);
  const was = format.band(before);
  if (now.low <= before.high && before.low <= now.high) return { mark: '', text: t('change-overlaps', { was }) };
  return now.low > before.high ? { mark: '▲', text: t('change-above', { was }) } : { mark: '▼', text: t('change-below', { was }) };
}

function inPoints(now: number | null, before: number | null | undefined): Sum['change'] {
  if (now === null) return null;
  if (before === null || before === undefined) return not('yet');
  const points = (now - before) * 100;
  const size = Math.abs(points).toFixed(1);
  if (Math.abs(points) < 0.05) return { mark: '', text: t('change-same') };
  return points > 0
    ? { mark: '▲', text: t('change-points-more', { size }) }
    : { mark: '▼', text: t('change-points-less', { size }) };
}

function margin(answer: Overview): Pick<Sum, 'amount' | 'basis' | 'change'> {
  const band = answer.contribution_margin;
  if (band === null) return { amount: null, basis: '', change: null };
  const change = bandAgainst(band, answer.previous_year === null ? undefined : answer.previous_year.contribution_margin);
  const low = format.roughYen(band.low);
  const high = format.roughYen(band.high);
  const basis = t('sum-margin-basis', { share: format.percent(answer.known_cost_share) });
  if (low.number === high.number && low.unit === high.unit) return { amount: high, basis, change };
  // Two ends of different sizes name theirs each.
  const number = low.unit === high.unit ? low.number : low.number + low.unit;
  return { amount: { number: t('format-range', { from: number, to: high.number }), unit: high.unit }, basis, change };
}

/** Only customers who had had their year by then are in the value of a year before; of few nothing is said. */
function ltvAgainst(now: Interval | null, before: Interval | null): Sum['change'] {
  if (now === null) return null;
  if (before === null) return not('mature');
  return Math.min(now.n, before.n) < format.FEW ? not('few') : against(now.value, before.value);
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
      change: few || (before && before.customer_count < format.FEW) ? not('few') : inPoints(answer.repeat_share, before?.repeat_share),
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
      change: ltvAgainst(ltv, answer.ltv_12m_year_before),
      basis: ltv
        ? t('sum-ltv-basis', { basis: t(`value-${answer.value_basis}`), low: format.count(ltv.low), high: format.count(ltv.high), people: format.people(ltv.n) })
        : '',
      link: { text: t('sum-ltv-link'), href: ways.ltv },
      line: null,
    },
  ];
}
