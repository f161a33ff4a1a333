import type { MapDocument } from '../../api/generated/MapDocument';
import type { MapOffer } from '../../api/generated/MapOffer';
import type { OrderStatus } from '../../api/generated/OrderStatus';

/** What a column can mean, in the groups of the list. */
export const meanings = [
  { group: 'order', fields: ['ordered_at', 'order_number', 'status', 'payment'] },
  { group: 'amount', fields: ['unit_price', 'line_total', 'order_total', 'shop_coupon', 'points_used', 'postage'] },
  { group: 'item', fields: ['item_name', 'item_code', 'quantity'] },
  { group: 'buyer', fields: ['customer_key', 'buyer_name', 'phone', 'mail', 'postal_code'] },
] as const;

/** Amounts of which one is enough. */
const amounts = ['unit_price', 'line_total', 'order_total'];

/** What is being said of a table. */
export interface Said {
  /** What each column means; empty for a column that is not read. */
  fields: string[];
  mall: MapDocument['mall'];
  /** How days are written; nothing for the usual forms. */
  dateFormat: string | null;
  /** What the words of a status column mean; a word without an entry is not known yet. */
  statuses: Record<string, OrderStatus>;
}

/** What an offer proposes. */
export function saidOf(offer: MapOffer): Said {
  const byHeader = new Map(Object.entries(offer.map.columns).map(([field, header]) => [header, field]));
  const fields = offer.columns.map((column) => (column.is_named ? (byHeader.get(column.header) ?? '') : ''));
  const said: Said = { fields, mall: offer.map.mall, dateFormat: offer.map.date_format ?? null, statuses: { ...offer.map.statuses } };
  return said;
}

/** One column means something else now; a meaning is of one column only. */
export function withField(said: Said, offer: MapOffer, place: number, field: string): Said {
  const fields = said.fields.map((of, at) => (at === place ? field : of === field ? '' : of));
  const column = offer.columns[place];
  const next: Said = { ...said, fields };
  if (field === 'ordered_at') next.dateFormat = column?.dates[0]?.form ?? null;
  if (field === 'status') {
    const usual = (column?.words ?? []).flatMap(({ word, status }) => (status === null ? [] : [[word, status] as const]));
    next.statuses = { ...Object.fromEntries(usual), ...offer.map.statuses };
  }
  return next;
}

/** The column that means this; nothing when none does. */
export function columnOf(said: Said, offer: MapOffer, field: string): MapOffer['columns'][number] | undefined {
  return offer.columns[said.fields.indexOf(field)];
}

/** The document the program reads. */
export function documentOf(said: Said, offer: MapOffer): MapDocument {
  const columns = Object.fromEntries(
    said.fields.flatMap((field, place) => (field === '' ? [] : [[field, offer.columns[place]?.header ?? '']])),
  );
  const statuses = said.fields.includes('status') ? said.statuses : {};
  return { mall: said.mall, columns, date_format: said.dateFormat, statuses };
}

/** What is settled, and what is not, in the order it is told. */
export function needs(said: Said): { key: 'date' | 'amount' | 'number' | 'buyer'; met: boolean; required: boolean }[] {
  const has = (field: string) => said.fields.includes(field);
  return [
    { key: 'date', met: has('ordered_at'), required: true },
    { key: 'amount', met: amounts.some(has), required: true },
    { key: 'number', met: has('order_number'), required: false },
    { key: 'buyer', met: has('customer_key') || has('mail') || (has('buyer_name') && has('phone')), required: false },
  ];
}
