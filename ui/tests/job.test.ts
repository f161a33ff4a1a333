import { expect, test, vi } from 'vitest';
import type { Preview } from '../src/api/generated/Preview';
import { recorded } from './recorded';

const { forgetDrop, record } = vi.hoisted(() => ({
  forgetDrop: vi.fn((_token: number) => Promise.reject(new Error('the window is closing'))),
  record: vi.fn((_token: number) => Promise.resolve([])),
}));
vi.mock('../src/api', () => ({ forgetDrop, record, mapTable: vi.fn(), mapPreview: vi.fn() }));

const { ImportJob } = await import('../src/screens/imports/job.svelte');

const preview = (token: number): Preview => ({ ...recorded<Preview>('usual.preview'), token });

test('what an owner puts away unrecorded is kept by nobody, and nothing is forgotten that was recorded', async () => {
  const job = new ImportJob();
  job.previewed(preview(7));
  job.close();
  expect(forgetDrop).toHaveBeenCalledExactlyOnceWith(7);
  expect(job.error).toBeNull();
  job.previewed(preview(8));
  expect(await job.record()).toBe(true);
  expect(record).toHaveBeenCalledExactlyOnceWith(8);
  job.close();
  expect(forgetDrop).toHaveBeenCalledOnce();
});
