import type { BasketRow } from '../../api/generated/BasketRow';
import type { Day } from '../../api/generated/Day';
import type { ItemRow } from '../../api/generated/ItemRow';
import type { NextCategory } from '../../api/generated/NextCategory';
import type { NextPair } from '../../api/generated/NextPair';
import type { NextRow } from '../../api/generated/NextRow';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';
import type { Column } from '../../parts/DataTable.svelte';
import { categoryPlace, itemPlace, key, name, shareOfPurchases, times } from './names';

/** Where a place and the people behind a number stand, with the filters kept. */
export interface Ways {
  to: (place: string) => string;
  people: (of: string) => string;
}

/** The list of items. */
export function itemColumns({ to, people }: Ways, from: Day | null, until: Day | null): Column<ItemRow>[] {
  return [
    {
      key: 'name',
      label: t('items-name'),
      text: name,
      sentence: true,
      by: name,
      href: (row) => to(itemPlace(row)),
      note: (row) => t(`mall-short-${row.mall}`),
    },
    { key: 'goods', label: t('items-goods'), how: 'items-goods', text: (row) => format.yen(row.goods), number: true, by: (row) => row.goods },
    {
      key: 'people',
      label: t('items-people'),
      how: 'items-people',
      text: (row) => format.people(row.customer_count),
      number: true,
      by: (row) => row.customer_count,
      href: (row) => (row.customer_count > 0 && from && until ? people(`item:${from}:${until}:${key(row)}`) : null),
    },
    {
      key: 'again',
      label: t('items-again'),
      how: 'items-again',
      text: (row) => (row.median_days === null ? format.NOTHING : format.days(row.median_days)),
      number: true,
      by: (row) => row.median_days,
    },
    {
      key: 'first',
      label: t('items-first'),
      how: 'items-first',
      text: (row) => format.people(row.first_count),
      number: true,
      by: (row) => row.first_count,
      href: (row) => (row.first_count > 0 ? people(`item_first:${key(row)}`) : null),
    },
    { key: 'f2', label: t('items-f2'), how: 'items-f2', text: (row) => format.share(row.f2_180), number: true, by: (row) => row.f2_180?.value ?? null },
    {
      key: 'ltv',
      label: t('items-ltv'),
      how: 'items-ltv',
      text: (row) => format.yen(row.ltv_365?.value ?? null),
      number: true,
      by: (row) => row.ltv_365?.value ?? null,
    },
  ];
}

/** Items that follow one item. */
export function nextColumns({ to, people }: Ways, after: string | null): Column<NextRow>[] {
  return [
    { key: 'name', label: t('next-name'), text: (row) => name(row.item), href: (row) => to(itemPlace(row.item)), note: (row) => t(`mall-short-${row.item.mall}`) },
    { key: 'count', label: t('next-count'), how: 'next-count', text: (row) => format.times(row.count), number: true, by: (row) => row.count },
    {
      key: 'people',
      label: t('next-people'),
      how: 'next-people',
      text: (row) => format.people(row.customer_count),
      number: true,
      by: (row) => row.customer_count,
      href: (row) => (after === null ? null : people(`next:${after},${key(row.item)}`)),
    },
    { key: 'share', label: t('next-share'), how: 'next-share', text: (row) => shareOfPurchases(row.share), number: true, by: (row) => row.share.value },
    { key: 'lift', label: t('next-lift'), how: 'next-lift', text: (row) => times(row.lift.value), number: true, by: (row) => row.lift.value },
  ];
}

/** Categories that follow. */
export function nextCategoryColumns({ to }: Ways): Column<NextCategory>[] {
  return [
    { key: 'name', label: t('involvement-category'), text: (row) => row.category, href: (row) => to(categoryPlace(row.category)) },
    { key: 'count', label: t('next-count'), how: 'next-count', text: (row) => format.times(row.count), number: true, by: (row) => row.count },
    { key: 'people', label: t('next-people'), how: 'next-people', text: (row) => format.people(row.customer_count), number: true, by: (row) => row.customer_count },
    { key: 'share', label: t('next-share'), how: 'next-share', text: (row) => shareOfPurchases(row.share), number: true, by: (row) => row.share.value },
    { key: 'lift', label: t('next-lift'), how: 'next-lift', text: (row) => times(row.lift.value), number: true, by: (row) => row.lift.value },
  ];
}

/** Successions of two items. */
export function pairColumns({ to, people }: Ways): Column<NextPair>[] {
  return [
    { key: 'item', label: t('pairs-before'), text: (row) => name(row.item), href: (row) => to(itemPlace(row.item)) },
    { key: 'next', label: t('next-name'), text: (row) => name(row.next), href: (row) => to(itemPlace(row.next)) },
    {
      key: 'count',
      label: t('next-count'),
      how: 'next-count',
      text: (row) => format.times(row.count),
      number: true,
      by: (row) => row.count,
      href: (row) => people(`next:${key(row.item)},${key(row.next)}`),
    },
    { key: 'share', label: t('next-share'), how: 'next-share', text: (row) => shareOfPurchases(row.share), number: true, by: (row) => row.share.value },
    { key: 'lift', label: t('next-lift'), how: 'next-lift', text: (row) => times(row.lift.value), number: true, by: (row) => row.lift.value },
  ];
}

/** Items of one day. */
export function basketColumns({ to, people }: Ways, from: Day | null, until: Day | null): Column<BasketRow>[] {
  return [
    { key: 'item', label: t('items-name'), text: (row) => name(row.item), href: (row) => to(itemPlace(row.item)) },
    { key: 'with', label: t('baskets-with'), text: (row) => name(row.with), href: (row) => to(itemPlace(row.with)) },
    {
      key: 'count',
      label: t('next-count'),
      how: 'next-count',
      text: (row) => format.times(row.basket_count),
      number: true,
      by: (row) => row.basket_count,
      href: (row) => (from && until ? people(`basket:${from}:${until}:${key(row.item)},${key(row.with)}`) : null),
    },
    { key: 'support', label: t('baskets-support'), how: 'baskets-support', text: (row) => format.percent(row.support), number: true, by: (row) => row.support },
    {
      key: 'confidence',
      label: t('baskets-confidence'),
      how: 'baskets-confidence',
      text: (row) => shareOfPurchases(row.confidence),
      number: true,
      by: (row) => row.confidence.value,
    },
    {
      key: 'back',
      label: t('baskets-back'),
      how: 'baskets-back',
      text: (row) => shareOfPurchases(row.confidence_back),
      number: true,
      by: (row) => row.confidence_back.value,
    },
    { key: 'lift', label: t('baskets-lift'), how: 'baskets-lift', text: (row) => times(row.lift), number: true, by: (row) => row.lift },
  ];
}
