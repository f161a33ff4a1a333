import type { Groups } from '../../api/generated/Groups';
import type { Screen } from '../../api/generated/Screen';
import * as format from '../../lib/format';
import { t } from '../../lib/i18n';
import type { View } from './asked';
import { classOf } from './moves';

/** The sentence over a view: what its numbers mean. */
export function findingOf(view: View, { answer, finding }: Screen<Groups>): string {
  const crowd = (rows: Groups['classes'], key: string) => format.people(rows.find((row) => row.key === key)?.customer_count ?? 0);
  if (view === 'moves' && answer.moves_from && answer.moves_to) {
    const sum = (wanted: (before: string | null, after: string) => boolean) =>
      answer.moves
        .filter((move) => wanted(move.from && classOf(move.from), classOf(move.to)))
        .reduce((total, move) => total + move.customer_count, 0);
    return t('moves-finding', {
      from: format.dayInWords(answer.moves_from),
      to: format.dayInWords(answer.moves_to),
      slept: format.people(sum((before, after) => before !== null && before !== 'sleeping' && after === 'sleeping')),
      woke: format.people(sum((before, after) => before === 'sleeping' && after !== 'sleeping')),
      came: format.people(sum((before) => before === null)),
    });
  }
  if (view === 'types' && answer.cpm.types.length > 0) {
    return t('types-finding', { active: crowd(answer.cpm.types, 'excellent_active'), lapsed: crowd(answer.cpm.types, 'excellent_lapsed') });
  }
  if (view === 'lapse' && answer.lapse.states.length > 0) {
    return t('lapse-finding', { soon: crowd(answer.lapse.states, 'soon'), attention: crowd(answer.lapse.states, 'attention') });
  }
  return finding;
}
