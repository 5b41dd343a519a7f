import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { type Crumb, Crumbs } from './crumbs.tsx';

interface PageProps {
  title: string;
  lead?: ReactNode;
  crumbs?: readonly Crumb[];
  beside?: ReactNode;
  children?: ReactNode;
}

/** The frame of every page: its title in the tab, one h1 that takes the focus when the person came here by a link. */
export function Page({ title, lead, crumbs, beside, children }: PageProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const { key, pathname } = useLocation();

  useEffect(() => {
    document.title = `${title} – ${t('brand.name')}`;
  }, [title, t]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each path, not for each query in it
  useEffect(() => {
    // 'default' is the router's key of the document's first page: there the browser's own focus order stands.
    if (key === 'default') return;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <>
      <div className="page-head">
        {crumbs && <Crumbs crumbs={crumbs} here={title} />}
        <div className="row row-apart">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {beside}
        </div>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {children}
    </>
  );
}
