import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ComingBack as Answer } from '../src/api/generated/ComingBack';
import type { Screen } from '../src/api/generated/Screen';
import * as format from '../src/lib/format';
import { t } from '../src/lib/i18n';
import type { Story } from '../src/screens/coming-back';
import ComingBack from '../src/screens/coming-back/ComingBack.svelte';
import { frame, recorded } from './recorded';

function story(name: string, ask: Story['ask'] = () => Promise.reject(new Error('nobody asks'))): Story {
  const given = recorded<Screen<Answer>>(name);
  return { finding: given.finding, screen: given, ask };
}

const told = () => document.body.textContent ?? '';
/** The last table of that name: a figure may have a shorter one before it. */
const table = (name: string) => {
  const captions = screen.getAllByText(name, { selector: 'caption' });
  return within(captions.at(-1)?.closest('table') as HTMLElement);
};
const to = (of: string) => `#/customers?people=${encodeURIComponent(of)}`;

test('every share stands with its people, those who have not had the time, and the year before', () => {
  const given = story('usual.gaps');
  render(ComingBack, { answer: given, here: frame() });
  const rows = table(t('back-windows-title')).getAllByRole('row', { hidden: true }).slice(1);
  expect(rows).toHaveLength(12);
  const f2 = given.screen.answer.f['f2']?.['90'];
  const first = within(rows[0] as HTMLElement);
  const links = first.getAllByRole('link', { hidden: true });
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['back', 'observed', 'open'].map((whom) => to(`step:2:90:${whom}`)));
  expect(links.map((link) => link.textContent)).toEqual([
    format.share(f2?.share ?? null),
    format.people(f2?.share?.n ?? 0),
    format.people(f2?.open_count ?? 0),
  ]);
  expect(rows[0]?.textContent).toContain(format.share(f2?.year_before ?? null));
  // F5 within a year rests on 21 people: the count comes first.
  expect(rows[11]?.textContent).toMatch(/\d+\/21/);
});

test('whom to write to now stands first, each number a way to the people', () => {
  const given = story('usual.gaps');
  render(ComingBack, { answer: given, here: frame({ mall: 'rakuten' }) });
  for (const { step, due } of given.screen.answer.steps) {
    if (!due) continue;
    const link = screen.getByLabelText(`${t('back-step', { step })} ${format.people(due.customer_count)}`);
    const of = `waiting:${String(step)}:${String(due.from_day)}:${String(due.to_day)}`;
    expect(link.getAttribute('href')).toBe(to(of).replace('?', '?mall=rakuten&'));
  }
});

test('the bars of another step are asked for, and a refusal leaves those that stand', async () => {
  const asked: [number, number][] = [];
  const given = story('usual.gaps', (step, binDays) => {
    asked.push([step, binDays]);
    return asked.length > 1 ? Promise.reject(new Error('refused')) : Promise.resolve(recorded<Screen<Answer>>('usual.gaps.3.30'));
  });
  const said: string[] = [];
  render(ComingBack, { answer: given, here: { ...frame(), say: (text) => void said.push(text) } });
  await fireEvent.change(screen.getByLabelText(t('back-histogram-step')), { target: { value: '3' } });
  expect(asked).toEqual([[3, 10]]);
  await screen.findByText(t('back-histogram-title', { step: t('back-step', { step: 3 }) }), { selector: 'h2' });
  await fireEvent.change(screen.getByLabelText(t('back-histogram-bins')), { target: { value: '5' } });
  expect(asked[1]).toEqual([3, 5]);
  await Promise.resolve();
  expect(said).toEqual(['refused']);
  expect(screen.getByText(t('back-histogram-title', { step: t('back-step', { step: 3 }) }), { selector: 'h2' })).toBeTruthy();
});

test('a point of the curves opens those who were back by then', async () => {
  const given = story('usual.gaps');
  const here = frame();
  render(ComingBack, { answer: given, here });
  const region = given.screen.figures['curves']?.regions.find(({ people }) => people === 'gap:2:1:90');
  await fireEvent.click(screen.getByLabelText(region?.label ?? ''));
  expect(here.went).toEqual([to('gap:2:1:90')]);
});

test('each definition says what it counts, in what it differs and where it is from', () => {
  const given = story('usual.gaps');
  render(ComingBack, { answer: given, here: frame() });
  const { from, to: until, other_definitions } = given.screen.answer;
  const rows = table(t('back-definitions-title')).getAllByRole('row', { hidden: true }).slice(1);
  expect(rows).toHaveLength(other_definitions.length);
  other_definitions.forEach((row, place) => {
    const text = rows[place]?.textContent ?? '';
    for (const part of [row.label, row.definition, row.difference, format.share(row.share)]) expect(text).toContain(part);
    expect(told()).toContain(row.source);
    const links = within(rows[place] as HTMLElement).getAllByRole('link', { hidden: true });
    expect(links.map((link) => link.getAttribute('href'))).toEqual(
      ['counted', 'among'].map((whom) => to(`${whom}:${row.key}:${String(from)}:${String(until)}`)),
    );
  });
  expect(screen.getByText(t('back-definitions-link')).getAttribute('href')).toBe('#/reconciliation');
});

test('what is left per order stands as a range once costs are known, and is unknown before', () => {
  const row = () => table(t('back-sides-title')).getAllByRole('row', { hidden: true })[5]?.textContent ?? '';
  const { unmount } = render(ComingBack, { answer: story('usual.gaps'), here: frame() });
  expect(row()).toContain(format.NOTHING);
  unmount();
  const known = story('costs.gaps');
  render(ComingBack, { answer: known, here: frame() });
  const band = known.screen.answer.new_vs_existing.new.margin_per_order;
  expect(band).not.toBeNull();
  expect(row()).toContain(format.exactBand(band ?? { low: 0, high: 0 }));
});

test('a young shop reads counts and what it takes, and no curve of six people', () => {
  const given = story('few.gaps');
  render(ComingBack, { answer: given, here: frame() });
  const back = given.screen.answer.steps[0]?.return_count ?? 0;
  expect(back).toBeLessThan(30);
  expect(told()).toContain(t('back-curves-too-little', { have: back, need: 30 }));
  expect(told()).toContain(t('back-due-none'));
  expect(told()).toContain('4/10');
});
