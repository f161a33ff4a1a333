import * as api from '../../api';
import type { NewSetting } from '../../api/generated/NewSetting';
import type { Settings as Answer } from '../../api/generated/Settings';
import { t } from '../../lib/i18n';
import { screen } from '../../lib/screen';
import Settings from './Settings.svelte';

/** The owner's settings and what can be done to them. */
export interface OwnersSettings {
  finding: string;
  known: Answer;
  /** Changes settings in one change, which is undone as one. */
  change: (settings: NewSetting[]) => Promise<Answer>;
  /** Takes a change back. */
  undo: (changeId: number) => Promise<Answer>;
}

export default screen<OwnersSettings>(
  async () => ({
    finding: t('settings-finding'),
    known: await api.settings(),
    change: (settings) => api.changeSettings(settings),
    undo: (changeId) => api.undoSettings(changeId),
  }),
  Settings,
);
