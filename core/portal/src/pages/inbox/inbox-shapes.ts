export interface Message {
  id: string;
  plugin: string;
  title: string;
  text: string;
  at: string;
  read: boolean;
}

export interface Inbox {
  items: Message[];
  unread: number;
}

/** Times of the day as HH:MM in the municipality's zone. */
export interface QuietHours {
  from: string;
  to: string;
}

export interface Notifications {
  email: boolean;
  quiet: QuietHours | null;
  muted: string[];
  /** Quiet hours of the whole municipality. */
  everybody: QuietHours | null;
}
