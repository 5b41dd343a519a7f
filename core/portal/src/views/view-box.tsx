import type { View } from '@digione/sdk/views';
import type { ReactNode } from 'react';
import { AlertBox } from './alert-box.tsx';
import { ButtonBox } from './button-box.tsx';
import { ChartBox } from './chart-box.tsx';
import { DateBox } from './date-box.tsx';
import { EmptyBox } from './empty-box.tsx';
import { FormBox } from './form-box.tsx';
import { HeadingBox } from './heading-box.tsx';
import { ImageBox } from './image-box.tsx';
import { LinkBox } from './link-box.tsx';
import { ListBox } from './list-box.tsx';
import { PersonBox } from './person-box.tsx';
import { ProgressBox } from './progress-box.tsx';
import { StackBox } from './stack-box.tsx';
import { TableBox } from './table-box.tsx';
import { TabsBox } from './tabs-box.tsx';
import { TextBox } from './text-box.tsx';

/** One view of the vocabulary in sdk/views, with our own components. */
export function ViewBox({ view }: { view: View }): ReactNode {
  switch (view.kind) {
    case 'text':
      return <TextBox view={view} />;
    case 'heading':
      return <HeadingBox view={view} />;
    case 'list':
      return <ListBox view={view} />;
    case 'table':
      return <TableBox view={view} />;
    case 'form':
      return <FormBox view={view} />;
    case 'button':
      return <ButtonBox view={view} />;
    case 'link':
      return <LinkBox view={view} />;
    case 'alert':
      return <AlertBox view={view} />;
    case 'chart':
      return <ChartBox view={view} />;
    case 'progress':
      return <ProgressBox view={view} />;
    case 'person':
      return <PersonBox view={view} />;
    case 'date':
      return <DateBox view={view} />;
    case 'empty':
      return <EmptyBox view={view} />;
    case 'image':
      return <ImageBox view={view} />;
    case 'stack':
      return (
        <StackBox view={view}>
          <ViewList views={view.children} />
        </StackBox>
      );
    case 'tabs':
      return <TabsBox view={view} show={(views) => <ViewList views={views} />} />;
  }
}

/** Views have no ids of their own; their place in the tree stays the same between two answers. */
function ViewList({ views }: { views: readonly View[] }): ReactNode {
  return views.map((view, place) => {
    const key = `${place} ${view.kind}`;
    return <ViewBox key={key} view={view} />;
  });
}
