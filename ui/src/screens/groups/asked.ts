import type { GroupsQuery } from '../../api/generated/GroupsQuery';

/** The ways to look at customers, in their order: `groups`, `groups/moves`, … */
export const VIEWS = ['map', 'moves', 'types', 'lapse', 'classes'] as const;

/** One of them. */
export type View = (typeof VIEWS)[number];

/** The view a place asks for; the map for anything else. */
export function viewOf(place: string): View {
  const name = place.split('/')[1];
  return VIEWS.find((view) => view === name) ?? 'map';
}

/** The place of a view. */
export function placeOf(view: View): string {
  return view === 'map' ? 'groups' : `groups/${view}`;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The months whose ends `groups/moves/2026-03/2026-06` compares; none where they are not both there, the earlier first. */
export function monthsAsked(place: string): Pick<GroupsQuery, 'from' | 'to'> {
  const [, view, from = '', to = ''] = place.split('/');
  if (view !== 'moves' || !MONTH.test(from) || !MONTH.test(to) || from >= to) return {};
  return { from, to };
}
