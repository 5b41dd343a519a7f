import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** Says that there is nothing, and what could be done about it. */
export function EmptyState({
  title,
  text,
  icon = 'inbox',
  children,
}: {
  title: string;
  text?: string;
  icon?: IconName;
  children?: ReactNode;
}) {
  return (
    <div className="state">
      <Icon name={icon} size={32} />
      <p>
        <strong>{title}</strong>
      </p>
      {text && <p className="quiet measure">{text}</p>}
      {children}
    </div>
  );
}
