import type { ArrowRow } from '../../api/generated/ArrowRow';
import type { AssetYear } from '../../api/generated/AssetYear';
import type { GrowthMap } from '../../api/generated/GrowthMap';
import type { Interval } from '../../api/generated/Interval';
import type { Projected } from '../../api/generated/Projected';
import type { StageRow } from '../../api/generated/StageRow';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';
import type { Column } from '../../parts/DataTable.svelte';

type ToPeople = (of: string) => string;

function range(interval: Interval | null): string | null {
  return interval && t('format-range', { from: format.yen(interval.low), to: format.yen(interval.high) });
}

/** Where customers stand, how many, and what they brought in the last year. */
export function stageColumns(to: ToPeople, basis: string): Column<StageRow>[] {
  return [
    { key: 'stage', label: t('growth-stage'), text: (row) => t(`growth-stage-${row.key}`) },
    {
      key: 'people',
      label: t('growth-people'),
      text: (row) => format.people(row.customer_count),
      href: (row) => (row.customer_count > 0 ? to(row.people) : null),
      number: true, how: 'growth-people',
    },
    { key: 'value', label: t('growth-year-value', { basis }), text: (row) => format.yen(row.year_value), number: true, how: 'growth-year-value' },
  ];
}

/** The ways between them with their rates and what they are worth; few people stand as a count alone. */
export function arrowColumns(to: ToPeople, bottleneck: GrowthMap['bottleneck']): Column<ArrowRow>[] {
  const linked = (count: number, people: string) => (count > 0 ? to(people) : null);
  return [
    {
      key: 'arrow',
      label: t('growth-arrow'),
      text: (row) => t('growth-arrow-of', { from: t(`growth-stage-${row.from}`), to: t(`growth-stage-${row.to}`) }),
      note: (row) => (row.key === bottleneck ? t('growth-bottleneck') : null),
    },
    { key: 'rate', label: t('growth-rate'), text: (row) => format.percent(format.enough(row.rate)?.value ?? null), number: true, how: 'growth-rate' },
    {
      key: 'made',
      label: t('growth-made'),
      text: (row) => format.people(row.made_count),
      href: (row) => linked(row.made_count, row.made_people),
      number: true, how: 'growth-made',
    },
    {
      key: 'asked',
      label: t('growth-asked'),
      text: (row) => format.people(row.rate?.n ?? 0),
      href: (row) => linked(row.rate?.n ?? 0, row.people),
      number: true, how: 'growth-asked',
    },
    {
      key: 'worth',
      label: t('growth-worth'),
      text: (row) => format.yen(format.enough(row.worth)?.value ?? null),
      note: (row) => range(format.enough(row.worth)),
      number: true, how: 'growth-worth',
    },
    { key: 'base', label: t('growth-base'), text: (row) => format.people(row.base_count), number: true, how: 'growth-base' },
    {
      key: 'gain',
      label: t('growth-gain'),
      text: (row) => format.yen(format.enough(row.gain)?.value ?? null),
      note: (row) => range(format.enough(row.gain)),
      number: true, how: 'growth-gain',
    },
  ];
}

/** Year by year: who was active, stayed, came back, and what they brought. */
export function yearColumns(to: ToPeople, basis: string): Column<AssetYear>[] {
  const people = (key: string, how: string, label: string, count: (row: AssetYear) => number, who: (row: AssetYear) => string): Column<AssetYear> => ({
    key,
    how,
    label,
    text: (row) => format.people(count(row)),
    href: (row) => (count(row) > 0 ? to(who(row)) : null),
    number: true,
  });
  const rate = (key: string, how: string, label: string, of: (row: AssetYear) => Interval | null, who?: (row: AssetYear) => string): Column<AssetYear> => ({
    key,
    how,
    label,
    text: (row) => format.share(of(row)),
    href: (row) => (who && (of(row)?.value ?? 0) > 0 ? to(who(row)) : null),
    number: true,
  });
  return [
    { key: 'on', label: t('assets-on'), text: (row) => format.day(row.on) },
    people('active', 'assets-active', t('assets-active'), (row) => row.active_count, (row) => row.people),
    { key: 'new', label: t('assets-new'), text: (row) => format.people(row.new_count), number: true, how: 'assets-new' },
    rate('retention', 'assets-retention', t('assets-retention'), (row) => row.retention, (row) => row.kept_people),
    rate('retention-new', 'assets-retention-new', t('assets-retention-new'), (row) => row.new_retention),
    rate('retention-old', 'assets-retention-old', t('assets-retention-old'), (row) => row.old_retention),
    rate('return', 'assets-return', t('assets-return'), (row) => row.return_rate, (row) => row.returned_people),
    people('lapsed', 'assets-lapsed', t('assets-lapsed'), (row) => row.lapsed_count, (row) => row.lapsed_people),
    { key: 'value', label: t('assets-value', { basis }), text: (row) => format.yen(row.value), number: true, how: 'assets-value' },
    { key: 'existing', label: t('assets-existing'), text: (row) => format.yen(row.existing_value), number: true, how: 'assets-existing' },
  ];
}

/** The five years ahead. */
export function projectedColumns(basis: string): Column<Projected>[] {
  return [
    { key: 'year', label: t('projection-year'), text: (row) => t('projection-year-of', { year: row.year }), note: (row) => format.day(row.on) },
    { key: 'active', label: t('assets-active'), text: (row) => format.people(row.active.value), number: true, how: 'projection-active' },
    {
      key: 'active range',
      label: t('projection-range'),
      text: (row) => t('format-range', { from: format.count(row.active.low), to: format.people(row.active.high) }),
      number: true, how: 'projection-range',
    },
    { key: 'value', label: t('assets-value', { basis }), text: (row) => format.yen(row.value.value), number: true, how: 'projection-value' },
    { key: 'value range', label: t('projection-range'), text: (row) => range(row.value) ?? format.NOTHING, number: true, how: 'projection-range' },
  ];
}
