import { connect } from '@digione/sdk/ui';
import type plugin from '../backend.ts';
import { showClass } from './class-page.ts';

connect<typeof plugin.calls>().then(showClass);
