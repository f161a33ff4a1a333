import how from '../../../assets/locales/en/how.ftl';
import screens from '../../../assets/locales/en/ui.ftl';
import type { Words } from './i18n';

/** The English words; read only where they are asked for. */
export const english: readonly Words[] = [screens, how];
