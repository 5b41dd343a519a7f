import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Lets a wide table scroll by itself; when it does, the keyboard can reach it and it has a name. */
export function TableScroll({ name, children }: { name: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const reachable = scrolls ? { role: 'region', tabIndex: 0, 'aria-label': name } : {};
  return (
    <div ref={box} className="table-scroll" {...reachable}>
      {children}
    </div>
  );
}
