import { Type } from 'typebox';
import { defineCapability } from './define.ts';
import { pairwiseId, purpose, strict } from './parts.ts';

const message = Type.Object(
  {
    subject: pairwiseId,
    to: Type.Enum(['guardians', 'learner', 'both']),
    title: Type.String({ pattern: '^[^\\u0000-\\u001f]{1,120}$' }),
    text: Type.String({ pattern: '^[^\\u0000]{1,4000}$' }),
    purpose,
  },
  strict,
);
const kept = Type.Object({ id: Type.String({ maxLength: 64 }) }, strict);

/**
 * A message about a learner into the portal's inbox of the learner, the guardians or both. Each recipient gets it only if the
 * rules let that person see the learner through this plugin; the answer is the same whether or not anybody got it.
 */
export const sendMessage = defineCapability({
  name: 'messages.send',
  summary:
    "Puts a message about a learner into the inboxes of the learner's guardians, the learner or both, as far as each may see it. Never tells who got it.",
  scope: 'messages',
  argument: message,
  result: kept,
});

/**
 * The same as a message, and an e-mail to each recipient who wants one. The e-mail says only that there is a message of this
 * plugin: neither its words nor whom it is about. Quiet hours of the municipality and of the recipient hold it back until they end.
 */
export const sendNotification = defineCapability({
  name: 'notify.send',
  summary:
    'Puts a message about a learner into the inboxes and tells each recipient by e-mail that there is one, outside quiet hours. Never tells who got it.',
  scope: 'notify',
  argument: message,
  result: kept,
});
